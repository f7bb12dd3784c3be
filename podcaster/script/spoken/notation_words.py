"""Words for signs of mathematics, addresses and the net, by language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """Words for a sign; templates have `{0}` and `{1}` for its neighbours."""

    power: str
    squared: str
    cubed: str
    times: str
    ratio: str
    """Between the figures of a ratio or a score."""
    less: str
    more: str
    at_most: str
    at_least: str
    equals: str
    plus_minus: str
    at: str
    """The sign of addresses."""
    dot: str
    hashtag: str
    minus: str
    plus: str
    divided: str
    unequal: str
    infinity: str
    root: str
    """Before what stands behind the root sign."""
    permille: str
    """Template for a number of thousandths."""
    about: str
    by: str
    """Between the sides of a room."""
    fold: str
    """Behind a number that something was multiplied by."""
    arrow: str
    """Between a value and what became of it."""
    underscore: str
    section: str


ENGLISH: Final = Notation(
    power="{0} to the power of {1}", squared="{0} squared", cubed="{0} cubed", times="times", ratio="to", less="less than",
    more="more than", at_most="at most", at_least="at least", equals="equals", plus_minus="plus or minus", at="at", dot="dot",
    hashtag="hashtag", minus="minus", plus="plus",
    divided="divided by", unequal="is not equal to", infinity="infinity", root="the square root of", permille="{0} per mille",
    about="about", by="by", fold="times", arrow="to", underscore="underscore", section="section",
)  # fmt: skip
WORDS: Final[Mapping[str, Notation]] = {
    "en": ENGLISH,
    "es": Notation(
        power="{0} elevado a {1}", squared="{0} al cuadrado", cubed="{0} al cubo", times="por", ratio="a", less="menor que",
        more="mayor que", at_most="como máximo", at_least="como mínimo", equals="es igual a", plus_minus="más o menos",
        at="arroba", dot="punto", hashtag="etiqueta", minus="menos", plus="más",
        divided="dividido por", unequal="no es igual a", infinity="infinito", root="la raíz cuadrada de", permille="{0} por mil",
        about="aproximadamente", by="por", fold="veces", arrow="a", underscore="guion bajo", section="sección",
    ),
    "ca": Notation(
        power="{0} elevat a {1}", squared="{0} al quadrat", cubed="{0} al cub", times="per", ratio="a", less="menor que",
        more="major que", at_most="com a màxim", at_least="com a mínim", equals="és igual a", plus_minus="més o menys",
        at="arrova", dot="punt", hashtag="etiqueta", minus="menys", plus="més",
        divided="dividit per", unequal="no és igual a", infinity="infinit", root="l’arrel quadrada de", permille="{0} per mil",
        about="aproximadament", by="per", fold="vegades", arrow="a", underscore="guió baix", section="secció",
    ),
    "gl": Notation(
        power="{0} elevado a {1}", squared="{0} ao cadrado", cubed="{0} ao cubo", times="por", ratio="a", less="menor que",
        more="maior que", at_most="como máximo", at_least="como mínimo", equals="é igual a", plus_minus="máis ou menos",
        at="arroba", dot="punto", hashtag="etiqueta", minus="menos", plus="máis",
        divided="dividido entre", unequal="non é igual a", infinity="infinito", root="a raíz cadrada de", permille="{0} por mil",
        about="aproximadamente", by="por", fold="veces", arrow="a", underscore="guión baixo", section="sección",
    ),
    "pt": Notation(
        power="{0} elevado a {1}", squared="{0} ao quadrado", cubed="{0} ao cubo", times="vezes", ratio="a", less="menor que",
        more="maior que", at_most="no máximo", at_least="no mínimo", equals="é igual a", plus_minus="mais ou menos",
        at="arroba", dot="ponto", hashtag="hashtag", minus="menos", plus="mais",
        divided="dividido por", unequal="não é igual a", infinity="infinito", root="a raiz quadrada de", permille="{0} por mil",
        about="cerca de", by="por", fold="vezes", arrow="para", underscore="sublinhado", section="parágrafo",
    ),
    "de": Notation(
        power="{0} hoch {1}", squared="{0} Quadrat", cubed="{0} hoch 3", times="mal", ratio="zu", less="kleiner als",
        more="größer als", at_most="höchstens", at_least="mindestens", equals="gleich", plus_minus="plus minus",
        at="ät", dot="Punkt", hashtag="Hashtag", minus="minus", plus="plus",
        divided="geteilt durch", unequal="ungleich", infinity="unendlich", root="Wurzel aus", permille="{0} Promille",
        about="etwa", by="mal", fold="mal", arrow="auf", underscore="Unterstrich", section="Paragraf",
    ),
    "fr": Notation(
        power="{0} puissance {1}", squared="{0} au carré", cubed="{0} au cube", times="fois", ratio="à", less="inférieur à",
        more="supérieur à", at_most="au plus", at_least="au moins", equals="égale", plus_minus="plus ou moins",
        at="arobase", dot="point", hashtag="hashtag", minus="moins", plus="plus",
        divided="divisé par", unequal="n’est pas égal à", infinity="l’infini", root="la racine carrée de", permille="{0} pour mille",
        about="environ", by="sur", fold="fois", arrow="à", underscore="tiret bas", section="paragraphe",
    ),
    "it": Notation(
        power="{0} alla {1}", squared="{0} al quadrato", cubed="{0} al cubo", times="per", ratio="a", less="minore di",
        more="maggiore di", at_most="al massimo", at_least="almeno", equals="uguale a", plus_minus="più o meno",
        at="chiocciola", dot="punto", hashtag="hashtag", minus="meno", plus="più",
        divided="diviso", unequal="diverso da", infinity="infinito", root="la radice quadrata di", permille="{0} per mille",
        about="circa", by="per", fold="volte", arrow="a", underscore="trattino basso", section="paragrafo",
    ),
    "nl": Notation(
        power="{0} tot de macht {1}", squared="{0} kwadraat", cubed="{0} tot de derde", times="maal", ratio="tegen",
        less="kleiner dan", more="groter dan", at_most="hooguit", at_least="minstens", equals="is gelijk aan",
        plus_minus="plusminus", at="apenstaartje", dot="punt", hashtag="hashtag", minus="min", plus="plus",
        divided="gedeeld door", unequal="is niet gelijk aan", infinity="oneindig", root="de wortel uit", permille="{0} promille",
        about="ongeveer", by="bij", fold="keer", arrow="naar", underscore="liggend streepje", section="paragraaf",
    ),
    "pl": Notation(
        power="{0} do potęgi {1}", squared="{0} do kwadratu", cubed="{0} do sześcianu", times="razy", ratio="do",
        less="mniej niż", more="więcej niż", at_most="co najwyżej", at_least="co najmniej", equals="równa się",
        plus_minus="plus minus", at="małpa", dot="kropka", hashtag="hasztag", minus="minus", plus="plus",
        divided="podzielić przez", unequal="nie równa się", infinity="nieskończoność", root="pierwiastek z", permille="{0} promili",
        about="około", by="na", fold="razy", arrow="do", underscore="podkreślnik", section="paragraf",
    ),
    "sv": Notation(
        power="{0} upphöjt till {1}", squared="{0} i kvadrat", cubed="{0} i kubik", times="gånger", ratio="mot", less="mindre än",
        more="större än", at_most="högst", at_least="minst", equals="är lika med", plus_minus="plus minus", at="snabel-a",
        dot="punkt", hashtag="hashtagg", minus="minus", plus="plus",
        divided="delat med", unequal="är inte lika med", infinity="oändligheten", root="roten ur", permille="{0} promille",
        about="ungefär", by="gånger", fold="gånger", arrow="till", underscore="understreck", section="paragraf",
    ),
    "ru": Notation(
        power="{0} в степени {1}", squared="{0} в квадрате", cubed="{0} в кубе", times="умножить на", ratio="к", less="меньше",
        more="больше", at_most="не более", at_least="не менее", equals="равно", plus_minus="плюс-минус", at="собака",
        dot="точка", hashtag="хештег", minus="минус", plus="плюс",
        divided="разделить на", unequal="не равно", infinity="бесконечность", root="корень из", permille="{0} промилле",
        about="примерно", by="на", fold="раз", arrow="до", underscore="нижнее подчёркивание", section="параграф",
    ),
    "hi": Notation(
        power="{0} की घात {1}", squared="{0} का वर्ग", cubed="{0} का घन", times="गुणा", ratio="अनुपात", less="से कम", more="से अधिक",
        at_most="अधिकतम", at_least="न्यूनतम", equals="बराबर", plus_minus="प्लस माइनस", at="ऐट", dot="डॉट", hashtag="हैशटैग",
        minus="माइनस", plus="प्लस",
        divided="भाग", unequal="बराबर नहीं", infinity="अनंत", root="वर्गमूल", permille="{0} प्रति हज़ार",
        about="लगभग", by="गुणा", fold="गुना", arrow="से", underscore="अंडरस्कोर", section="धारा",
    ),
    "zh": Notation(
        power="{0}的{1}次方", squared="{0}的平方", cubed="{0}的立方", times="乘以", ratio="比", less="小于", more="大于", at_most="至多",
        at_least="至少", equals="等于", plus_minus="正负", at="艾特", dot="点", hashtag="话题", minus="负", plus="加",
        divided="除以", unequal="不等于", infinity="无穷大", root="根号", permille="千分之{0}",
        about="约", by="乘", fold="倍", arrow="到", underscore="下划线", section="第",
    ),
    "ja": Notation(
        power="{0}の{1}乗", squared="{0}の2乗", cubed="{0}の3乗", times="かける", ratio="対", less="小なり", more="大なり",
        at_most="小なりイコール", at_least="大なりイコール", equals="イコール", plus_minus="プラスマイナス",
        at="アットマーク", dot="ドット", hashtag="ハッシュタグ",
        minus="マイナス", plus="プラス",
        divided="割る", unequal="ノットイコール", infinity="無限大", root="ルート", permille="{0}パーミル",
        about="約", by="かける", fold="倍", arrow="から", underscore="アンダーバー", section="第",
    ),
    "ar": Notation(
        power="{0} أس {1}", squared="{0} تربيع", cubed="{0} تكعيب", times="ضرب", ratio="إلى", less="أقل من", more="أكثر من",
        at_most="على الأكثر", at_least="على الأقل", equals="يساوي", plus_minus="زائد أو ناقص", at="آت", dot="نقطة", hashtag="وسم",
        minus="ناقص", plus="زائد",
        divided="على", unequal="لا يساوي", infinity="ما لا نهاية", root="جذر", permille="{0} في الألف",
        about="حوالي", by="في", fold="أضعاف", arrow="إلى", underscore="شرطة سفلية", section="المادة",
    ),
}  # fmt: skip
