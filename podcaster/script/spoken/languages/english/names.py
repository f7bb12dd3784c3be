"""English: names and titles behind which a Roman figure is a number."""

from typing import Final

from podcaster.script.spoken.wording import words

MONARCHS: Final = words(
    "Abbas Abdulhamid Abdullah Adolf Akbar Adrian Afonso Ahmed Albert Alexander Alexios Alexy Alfonso Alfred Amadeus "
    "Amenhotep Anastasius Andrew Anne "
    "Antiochus Amadeo Artaxerxes Augustus Bagrat Basil Bela Berengar Birger Bogdan Chulalongkorn Cosimo Eadred Eberhard Emeric Ernst "
    "Eugenius Eumenes Fath Frederik Fredrik Gaston Geza Ghazi Gian Guglielmo Gustave Hiero Hugh Humayun Idris Isabel Jigme Kalakaua "
    "Kenneth Khama Lorenzo Lulach Margaret Mihai Mindon Mohammad Mongkut Mstislav Nerva Nicephorus Otho Philibert Phraates "
    "Radama Rollo Rurik Severus Shamshi Shuja Sigurd Stefan Tancred Tiglath Tribhuvan Umar Uthman Vajiralongkorn Vladimir Vytautas "
    "Yaroslav Zara Zog "
    "Artaxerxes Augustus Baldwin Bartholomew Baudouin Bayezid Beatrix Benedict Boleslaw Boniface "
    "Boris Callixtus Cambyses Canute Carl "
    "Carlos Carol Casimir Catherine Celestine Charles Christian Christina Clement Cleopatra Cnut Conrad "
    "Constans Constantine Cyrus Darius David "
    "Edmund Edward Elizabeth Eric Erik Ethelred Eugene Farouk Faisal Felipe Felix Feodor Ferdinand Fernando "
    "Francis Franz Frederick Friedrich "
    "Fuad Fyodor Gelasius George Georg Gregory Gustaf Gustav Gustavus Haakon Hadrian Harald Harold Hassan "
    "Heinrich Henri Henry Honorius Humbert "
    "Hussein Håkon Innocent Isabella Ivan James Jaume Joachim Joao Johan Johann John Joseph Juan Juliana "
    "Julius Justinian Kamehameha Karl "
    "Khosrow Kirill Ladislaus Leo Leopold Letsie Lothair Louis Ludwig Luitpold Magnus Mahmud Manuel Margrethe "
    "Maria Mary Matthias Maximilian "
    "Mehmed Menelik Michael Mithridates Mohamed Mohammed Moshoeshoe Mswati Murad Mustafa Napoleon "
    "Nebuchadnezzar Nicholas Norodom Olaf Olav "
    "Oscar Osman Otto Paschal Paul Pedro Pelagius Pepi Peter Philip Philippe Pius Psamtik Ptolemy Rainier "
    "Rama Rameses Ramesses Ramses Richard "
    "Robert Rudolf Rudolph Sancho Sargon Seleucus Selassie Selim Sergius Seti Senusret Shalmaneser Shapur Shenouda "
    "Sigismund Sigmund Simeon Sixtus "
    "Shah Sobhuza Stanislaus Stephen Suleiman Sverre Sweyn Sylvester Tawadros Tewodros Theodora Theodosius "
    "Thutmose Tiberius Tupou Tutmose Umberto "
    "Urban Valdemar Valentinian Vasily Victor Victoria Vittorio Vladislaus Waldemar Wenceslaus Wilhelm "
    "Wilhelmina Willem William Wladyslaw "
    "Xavier Xerxes Yohannes"
)
FAMOUS_NUMBERS: Final = words(
    "Apollo Artemis Atlas Civilization Fantasy Godfather Gemini Halo Iphone Iron Jaws Mark Mercury Mk Olympiad Polaris Rambo Rocky "
    "Saturn Soyuz Starship Titan Trident Voyager Windows"
)
"""Names of things that come in series and are counted in Roman figures."""
NO_NAMES: Final = words(
    "About After All Also And Any Are Because Before But Can Class Did Does Each Every For From Had Has Have "
    "Her Here His How Its Many Most "
    "Nor Not Now Off One Only Our Out Over Per She Some Such Than That The Their Them Then There These They "
    "This Those Too Two Under Until "
    "Was Were What When Where Which While Who Why Will With You Your"
)
"""Words that begin sentences, behind which capitals are no number."""
RANKS: Final = (
    "(?:King|Queen|Pope|Emperor|Empress|Tsar|Tsarina|Czar|Sultan|Shah|Kaiser|Prince|Princess|Duke|Duchess|Archduke|Patriarch|Saint|"
    "St|Maharaja|Maharana|Pharaoh|Khan|Emir|"
    "Caliph|Khedive|Negus|Mikado|Infante|Margrave|Elector|Count|Landgrave|Grand Duke|Doge|Nawab|Nizam|"
    "Bishop|Archbishop|Catholicos|Monarch)"
)
"""Titles behind which a name's Roman number is an ordinal."""
THRONES: Final = "(?:King|Queen|Pope|Emperor|Empress|Tsar|Czar|Sultan|Shah|Kaiser|Pharaoh|Caliph)"
"""Titles whose bearers have no initials, so that a letter with a full stop is a number, too."""
GIVEN: Final = words(
    "Alexander Andrew Arthur Benjamin Charles Christopher Daniel David Edward Francis Frank Franklin Frederick George Harold Harry "
    "Henry Hugh Jack James John Joseph Lawrence Louis Loudon Martin Michael Nicholas Paul Peter Philip Richard Robert Samuel Stephen "
    "Theodore Thomas Thurston Walter William"
)
"""First names of people who bear a number behind their family name."""
