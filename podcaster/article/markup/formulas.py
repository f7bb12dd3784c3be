"""Formulas as text: MathML, and LaTeX as MathJax, KaTeX and images write it; one that resists leaves a word in its place."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from lxml import etree, html

from podcaster.article.markup.raised import SUPERSCRIPTS
from podcaster.article.markup.tree import replace

_LONGEST = 160
"""Letters of a formula beyond which nobody can follow it by ear."""
LEFT_OUT: Final[Mapping[str, str]] = {
    "en": "(formula left out)", "de": "(Formel ausgelassen)", "es": "(fórmula omitida)", "fr": "(formule omise)",
    "it": "(formula omessa)", "pt": "(fórmula omitida)", "ca": "(fórmula omesa)", "gl": "(fórmula omitida)",
    "nl": "(formule weggelaten)", "pl": "(wzór pominięto)", "ru": "(формула пропущена)", "sv": "(formel utelämnad)",
    "zh": "（公式从略）", "hi": "(सूत्र छोड़ा गया)", "ar": "(صيغة محذوفة)",
}  # fmt: skip
_TEX_SCRIPT = "math/tex"
_RENDERED = (
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' katex-html ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' MathJax_Preview ')]",
    "//mjx-container[.//mjx-assistive-mml]/*[not(self::mjx-assistive-mml)]",
)
"""Drawn copies of a formula that stands beside them as MathML or LaTeX."""
_DRAWN = (
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' MathJax ')"
    " or contains(concat(' ', normalize-space(@class), ' '), ' MathJax_SVG ')"
    " or contains(concat(' ', normalize-space(@class), ' '), ' MathJax_CHTML ')][not(.//math)] | //mjx-container[not(.//math)]"
)
_SOURCED = (
    "//*[@data-latex or @data-tex or @data-math or @data-equation or @data-formula or @data-expr"
    " or (@data-value and contains(@class, 'ql-formula'))][not(.//math)]"
)
_BARE = (
    "//*[self::span or self::div or self::code or self::p]"
    "[contains(@class, 'math') or contains(@class, 'tex') or contains(@class, 'formula') or contains(@class, 'equation')]"
    "[not(*)][contains(., '\\')]"
)
"""LaTeX without delimiters, in an element that says what it holds."""
_DELIMITED_TEXTS = (
    r"//*[not(self::script or self::style or self::code or self::pre)]/text()"
    r"[contains(., '$') or contains(., '\(') or contains(., '\[') or contains(., '\begin{')]"
)
_DELIMITED = re.compile(
    r"\\begin\{(?P<e>equation|align|displaymath|gather|math)\*?\}(?P<f>.{1,2000}?)\\end\{(?P=e)\*?\}|\\\$(?P<g>[^$]*\\[^$]*)\\\$|"
    r"\$\$(?P<a>[^$]{1,2000})\$\$|\\\[(?P<b>.{1,2000}?)\\\]|\\\((?P<c>.{1,1000}?)\\\)|(?<![\\$\w])\$(?P<d>[^$\n]{1,300}?)(?<![\\\s])\$(?![\d\w$])",
    re.DOTALL,
)
_SOURCE = re.compile(r"[\\^_{}]|^\s*[a-zA-Z]\s*$|[a-zA-Z]\s*=")
_COMMANDS = {
    "times": "×", "cdot": "·", "div": "÷", "pm": "±", "mp": "∓", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠",
    "ne": "≠", "approx": "≈", "sim": "~", "infty": "∞", "sum": "∑", "prod": "∏", "int": "∫", "partial": "∂", "to": "→",
    "rightarrow": "→", "Rightarrow": "⇒", "in": "∈", "percent": "%", "ldots": "…", "dots": "…", "cdots": "…", "circ": "°",
    "quad": " ", "qquad": " ", "left": "", "right": "", "big": "", "Big": "", "bigl": "", "bigr": "", "displaystyle": "",
    "textstyle": "", "limits": "", "nolimits": "", "lbrace": "{", "rbrace": "}", "log": "log", "ln": "ln", "exp": "exp",
    "sin": "sin", "cos": "cos", "tan": "tan", "min": "min", "max": "max", "lim": "lim", "Delta": "Δ", "Sigma": "Σ",
    "Omega": "Ω", "Phi": "Φ", "Gamma": "Γ", "Lambda": "Λ", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ",
    "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ",
    "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω",
}  # fmt: skip
_TRANSPARENT = (
    "text|mathrm|mathbf|mathit|mathsf|mathcal|mathbb|operatorname|boxed|bar|hat|vec|tilde|overline|underline|mbox"
)
_DEEPEST = 100
"""Levels of MathML; what lies deeper no ear could follow."""
_GROUP = r"\{([^{}]*)\}"


def say_formulas(tree: html.HtmlElement, language: str) -> None:
    """Write every formula of a tree as text, in its place; source code and drawn copies go."""
    left_out = LEFT_OUT.get(language[:2].lower(), LEFT_OUT["en"])
    for element in tree.xpath(" | ".join(_RENDERED)):
        replace(element, "")
    _say_drawn(tree, left_out)
    for math in list(tree.iter("{*}math")):
        replace(_outermost(math), _said(_from_mathml(math), left_out))
    for image in tree.iter("img"):
        if _FORMULA_NAME.search(image.get("class") or "") or _FORMULA_ALT.search(image.get("alt") or ""):
            replace(image, _said(formula_from_latex(image.get("alt") or ""), left_out))
    for drawing in tree.xpath("//svg | //canvas | //object | //*[@role='math']"):
        label = drawing.get("aria-label") or "".join(drawing.xpath("./title/text()"))
        if label and (drawing.get("role") == "math" or _is_formula(label)):
            replace(drawing, _said(formula_from_latex(label), left_out))
    for text in tree.xpath(_DELIMITED_TEXTS):
        said = without_source(str(text), left_out)
        if text.is_tail:
            text.getparent().tail = said
        else:
            text.getparent().text = said


_FORMULA_NAME = re.compile(r"(?:^|[\s_-])(?:mw)?(?:math\w*|latex\w*|tex|formula|equation|eqn)(?=$|[\s_-])")
_FORMULA_ALT = re.compile(r"\\frac|\\\(|^\$.*\\")
_MOST_WORDS = 3


def _is_formula(label: str) -> bool:
    """Whether a drawing's label is a formula, and no description."""
    return (
        bool(re.search(r"[=+×÷·/^√∑∫≤≥<>−⅐-⅞¼-¾\\]", label)) and len(re.findall(r"[^\W\d_]{4,}", label)) <= _MOST_WORDS
    )


def _say_drawn(tree: html.HtmlElement, left_out: str) -> None:
    """Write the formulas that a script draws, or has drawn, from the sources beside or within them."""
    for drawn in tree.xpath(_DRAWN):
        replace(drawn, _drawn(drawn, left_out))
    for shown in tree.xpath("//noscript[.//math]"):
        shown.drop_tag()
    for source in tree.xpath("//pre[@lang='math'] | //pre[@lang='latex']"):
        source.tag = "p"
        replace(source[0] if len(source) else source, _said(formula_from_latex(source.text_content()), left_out))
    for script in tree.xpath("//script[starts-with(@type, 'math/')]"):
        replace(script, _said(_scripted(script), left_out))
    for element in list(tree.iter("tex-math")):
        replace(element, _said(formula_from_latex(element.text or ""), left_out))
    for element in tree.xpath(_SOURCED):
        source = next(element.get(name) for name in _SOURCES if element.get(name))
        replace(element, _said(formula_from_latex(source), left_out))
    for element in tree.xpath(_BARE):
        source = element.text or ""
        if not _DELIMITED.search(source):
            replace(element, _said(formula_from_latex(source), left_out))


_SOURCES = ("data-latex", "data-tex", "data-math", "data-equation", "data-formula", "data-expr", "data-value")


def _drawn(element: html.HtmlElement, left_out: str) -> str:
    """A drawn formula: by the MathML or the words that it carries; nothing if its source stands beside it."""
    beside = element.getnext()
    if beside is not None and beside.tag == "script" and (beside.get("type") or "").startswith("math/"):
        return ""
    if carried := element.get("data-mathml"):
        return _said(_from_markup(carried), left_out)
    return _said(element.get("aria-label") or "", left_out)


def _scripted(script: html.HtmlElement) -> str:
    kind, source = script.get("type") or "", script.text or ""
    if _TEX_SCRIPT in kind:
        return formula_from_latex(source)
    if "mml" in kind:
        return _from_markup(source)
    return " ".join(source.split()) if re.fullmatch(r"[\w\s.,=+/()*-]+", source) else ""


def _from_markup(mathml: str) -> str:
    math = html.fragment_fromstring(mathml, create_parent="div").find(".//math")
    return _from_mathml(math) if math is not None else ""


def without_source(text: str | None, left_out: str) -> str | None:
    """Text whose LaTeX between dollar signs, or a backslash's brackets, is written as text; a dollar amount is no formula."""
    if not text or not ("$" in text or "\\(" in text or "\\[" in text or "\\begin{" in text):
        return text

    def said(found: re.Match[str]) -> str:
        source = next((found[name] for name in "abcdfg" if found[name]), "")
        if found["d"] and not _SOURCE.search(source):
            return found[0]
        return _said(formula_from_latex(source), left_out)

    return _DELIMITED.sub(said, text)


def _said(formula: str, left_out: str) -> str:
    return formula if 0 < len(formula) <= _LONGEST else left_out


def _outermost(math: html.HtmlElement) -> html.HtmlElement:
    """The wrapper that holds nothing but the formula: its hidden copy goes with it."""
    element = math
    while (parent := element.getparent()) is not None and parent.tag in {"span", "mjx-assistive-mml"}:
        if len(parent) != 1 or (parent.text or "").strip() or (element.tail or "").strip():
            break
        element = parent
    beside = element.getnext()
    if beside is not None and beside.tag == "img" and not (element.tail or "").strip():
        replace(beside, "")
    return element


def formula_from_mathml(math: etree._Element) -> str:
    """A formula in MathML as text; a few words in its place if it is longer than anybody can follow."""
    return _said(_from_mathml(math), LEFT_OUT["en"])


def _from_mathml(math: etree._Element) -> str:
    text = " ".join(_mathml(math).split())
    return text or formula_from_latex(math.get("alttext") or "")


def _mathml(element: etree._Element, depth: int = 0) -> str:
    name = element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""
    if depth > _DEEPEST or name in {"annotation", "annotation-xml", "mspace", "mphantom", "none"}:
        return ""
    children = [each for each in element if isinstance(each.tag, str)]
    if name == "semantics":
        return _mathml(children[0], depth + 1) if children else ""
    if name in {"mi", "mn", "ms", "mtext"}:
        return (element.text or "").strip() if name != "mtext" else element.text or ""
    if name == "mo":
        return _operator((element.text or "").strip())
    parts = [_mathml(each, depth + 1) for each in children]
    build = _BUILT.get(name)
    if build is not None:
        return build([each.strip() for each in parts])
    separator = "; " if name == "mtable" else ", " if name == "mtr" else ""
    return separator.join(parts) if parts else (element.text or "").strip()


def _operator(sign: str) -> str:
    if sign in {"\u2061", "\u2062", "\u2063", "\u2064"}:
        return ""
    return f" {sign} " if sign in {"=", "+", "−", "-", "×", "·", "≤", "≥", "<", ">", "≈", "≠", "±", "→", "∈"} else sign


def _fraction(parts: list[str]) -> str:
    return "/".join(_grouped(each) for each in parts[:2])


def _power(parts: list[str]) -> str:
    base, power = [*parts, "", ""][:2]
    return f"{_grouped(base)}{_raised(power)}"


def _raised(power: str) -> str:
    plain = power.replace(" ", "")
    return plain.translate(SUPERSCRIPTS) if re.fullmatch(r"[-−+]?\d+|n", plain) else f"^{_grouped(power)}"


_BUILT: Mapping[str, Callable[[list[str]], str]] = {
    "mfrac": _fraction,
    "msup": _power,
    "msub": "".join,
    "msubsup": lambda parts: f"{''.join(parts[:2])}{_raised(parts[2]) if len(parts) > 2 else ''}",  # noqa: PLR2004 # base, low, high
    "mover": lambda parts: parts[0] if parts else "",
    "munder": " ".join,
    "munderover": " ".join,
    "msqrt": lambda parts: f"√{_grouped(''.join(parts))}",
    "mroot": lambda parts: f"√{_grouped(parts[0])}" if parts else "",
    "mfenced": lambda parts: f"({', '.join(parts)})",
}


def _grouped(part: str) -> str:
    part = part.strip()
    return part if re.fullmatch(r"[\w.,°%∞πα-ω⁰¹²³⁴-⁹]*", part) else f"({part})"


def formula_from_latex(source: str) -> str:
    """A formula in LaTeX as text; empty if it holds a command that is not known here."""
    source = re.sub(r"^\s*(?:\$\$?|\\[(\[])|(?:\$\$?|\\[)\]])\s*$", "", source)
    text = re.sub(
        r"\\(?:begin|end)\{(?:equation|align|aligned|math|displaymath|split|gather)\*?\}|&|\\\\|\\[,;:! ]|~",
        " ",
        source,
    )
    text = re.sub(r"\\(?=[%$#&_])|\\tag\{[^}]*\}|\\label\{[^}]*\}", "", text)
    for _ in range(12):
        before = text
        text = re.sub(r"\\([a-zA-Z]+)", lambda each: _COMMANDS.get(each[1], each[0]), text)
        text = re.sub(rf"\\(?:{_TRANSPARENT})\s*{_GROUP}", r"\1", text)
        text = re.sub(
            rf"\\d?t?frac\s*{_GROUP}\s*{_GROUP}", lambda each: f"{_grouped(each[1])}/{_grouped(each[2])}", text
        )
        text = re.sub(r"\\d?t?frac\s*(\d)\s*(\d)", r"\1/\2", text)
        text = re.sub(rf"\\sqrt\s*(?:\[[^\]]*\])?{_GROUP}", lambda each: f"√{_grouped(each[1])}", text)
        text = re.sub(rf"\^\s*(?:{_GROUP}|(\w))", lambda each: _raised(each[1] or each[2] or ""), text)
        text = re.sub(rf"_\s*(?:{_GROUP}|(\w))", lambda each: each[1] or each[2] or "", text)
        text = re.sub(r"(?<![\\a-zA-Z])\{([^{}]*)\}", r"\1", text)
        if text == before:
            break
    return "" if re.search(r"[\\{}]", text) else " ".join(text.split())
