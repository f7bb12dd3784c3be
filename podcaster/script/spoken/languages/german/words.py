"""German: the words for abbreviations, and the names that rulers bear."""

from typing import Final

from podcaster.script.spoken.word_tables import table
from podcaster.script.spoken.wording import words

ABBREVIATIONS: Final = table("de", "abbreviations")
KINGS: Final = words(
    "Abdullah Albert Alexander Alfons Benedikt Carl Karl Charles Christian Eduard Felipe Ferdinand Franz Franziskus "
    "Friedrich Georg Georges Gregor Gustav Hassan Heinrich Henri Ivan Iwan Jakob Johann Johannes Joseph Josef Karl Karol "
    "Konstantin Leo Leopold Ludwig Maximilian Mohammed Napoleon Nikolaus Otto Paul Peter Philipp Philippe Pius Ramses "
    "Ptolemäus Darius Kyros Xerxes Otto Lothar Konrad Balduin Haakon Olaf Oskar Erik Viktor Emanuel Umberto Zog Boris Mehmed Selim "
    "Murad Hussein Faisal Clemens Innozenz Bonifatius Sixtus Julius Hadrian Coelestin Alexios Theodosius Justinian Ramses Thutmosis "
    "Amenophis Kamehameha Menelik Sancho Jaume Ladislaus Matthias Kasimir Boleslaw August Stanislaus Wenzel Nikolai Michael "
    "Richard Rudolf Sigismund Urban Wilhelm Gustaf Adolf Harald"
)
QUEENS: Final = words(
    "Kleopatra Victoria Viktoria Wilhelmina Juliana Mary Elisabeth Elizabeth Katharina Maria Margrethe Beatrix Isabella Christina Anna"
)
