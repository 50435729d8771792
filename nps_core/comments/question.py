"""What a comment column asked, read from its header: why the score was given, or what to improve.

It matters because the question decides what an answer is: asked what to improve, "the price" is a complaint; asked why, it may be
praise. Where a header says nothing, or asks both, the question is why: nothing is then taken for a complaint that is none.
"""

import re
from functools import cache

from nps_core.reading.words import fold

# A paragraph a language (en, fr, es, de, it, nl, pt): stems as `fold` writes them, apart by commas; "_" is the end of a word.
IMPROVE = """
improv, better, could we do, can we do, should we do, do differently, missing, lacking, suggest, recommendations for, wish list,
wishes, wish we, wish for, would make it a, make it a 10, to give us a, to give a, not give, n't give, raise your score,
increase your score, higher score, dislike, like least, liked least, enjoy least, least satisf, go wrong, went wrong,
disappoint, frustrat, exceed your expectations, exceed expectations, would it take, change about, would you change, should we
change, to work on,

amelior, manque, faire mieux, faire de mieux, suggestion, propositions, proposer, proposez, deplu, moins aime, moins apprecie,
decu, vos souhaits, faire pour que, changeriez, pas donne,

mejorar, mejoras, mejoria, hacer mejor, podemos mejor, falta, sugerencia, sugier, propuesta, cambiar, no le gusto, menos le
gusto, menos te gusto, no te gusto, decepcion,

verbesser, besser, fehlt, fehlen, vermiss, vorschl, anregung, wunsche_, wunschst du, wunschen sie sich, nicht gefallen, gestort,
enttausch, andern, anders mach,

migliorare, miglioramen, miglioria, migliorie, fare meglio, manca, suggeri, proposte, cambier, non le e piaciuto, non ti e
piaciuto, meno piaciuto, delus, fare di piu,

verbeter, beter_, ontbre, mist u, mis je, wensen_, tegengevallen, teleurgesteld, anders doen, minder goed, niet goed,

melhorar, melhoria, fazer melhor, sugest, sugere, mudar, mudaria, nao gostou, menos gostou
"""
WHY = """
why, reason, explain, explanation, what makes you, influenced your score, main driver, because, justif, basis for,

pourquoi, raison, expliqu, explication, motif,

por que, porque, razon, motivo, explica,

warum, wieso, weshalb, grund, grunde, begrund, erklar, erlauter,

perche, ragione, spieg,

waarom, reden, toelicht, motiveer, licht toe,

razao
"""
# These ask what is wanting although they also ask why: "the main reason you did not give a 10".
WHY_NOT = """
why not, not give, n't give, reason you did not, not a 10, not higher, n't higher, not a higher, n't a higher, why didn't, not
score us,

pourquoi pas, pas donne, pas un 10,

por que no_, no nos dio, no un 10,

warum nicht, warum keine, nicht mehr punkte, keine 10,

perche non_, non un 10,

waarom niet, waarom geen, geen 10,

por que nao_, nao um 10
"""


def question_of(header: str) -> str:
    """``"improve"`` where the header asks what is wanting, else ``"why"``.

    >>> [question_of(header) for header in ("The main reason for your score?", "Was fehlt Ihnen?", "comment")]
    ['why', 'improve', 'why']
    """
    # Names of columns are written with humps and underscores: WhatCouldWeImprove, what_to_improve.
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header).replace("’", "'")
    asked = " ".join(re.findall(r"[^\W_]+(?:'t\b)?", fold(parted)))
    if _says(WHY_NOT).search(f" {asked} "):
        return "improve"
    return "improve" if _says(IMPROVE).search(f" {asked} ") and not _says(WHY).search(f" {asked} ") else "why"


@cache
def _says(table: str) -> re.Pattern[str]:
    """A pattern for the words of a table: each begins a word, but "n't" ends one."""
    stems = {" ".join(stem.split()) for stem in table.split(",")}
    return re.compile(
        "|".join(("" if stem.startswith("n't") else " ") + re.escape(stem).replace("_", " ") for stem in sorted(stems))
    )
