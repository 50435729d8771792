"""What headers say, in the languages that survey exports come in: data, and the few ways to look something up in it.

It must not know values; what a column holds is judged elsewhere. Stems are compared after `fold` (no accents, lower case).
"""

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text without accents, in lower case, with single blanks.

    >>> fold("  Prêt(e)  À recommander ")
    'pret(e) a recommander'
    """
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


@lru_cache(maxsize=4096)
def tokens(header: str) -> tuple[str, ...]:
    """The words of a header, whether written with blanks, hyphens, underscores or humps.

    >>> tokens("LikelyToRecommend"), tokens("recommendation_score"), tokens("NPS-Score 1")
    (('likely', 'to', 'recommend'), ('recommendation', 'score'), ('nps', 'score', '1'))
    """
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", header)
    return tuple(re.findall(r"[^\W\d_]+|\d+", fold(parted)))


def _stems(words: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in words.split())


# "recommend": en, fr, es/pt, it, de, nl, sv, da/no, fi, pl, cs/sk, hu, ro, tr, ru/bg/uk, el, zh, ja, ko, he, ar
RECOMMEND = _stems(
    "recommend recommand recomend raccomand consigliar consiglieres consiglierebbe conseilleriez empfehl empfiehl aanbevel"
    " aanbeveel aanrad aanraad rekommend anbefal suositel polecen poleci polecil doporuc odporuc ajanl recomand tavsiye рекоменд"
    " συστησ συνιστ 推荐 推薦 勧め 薦め すすめ 推奨 추천 ממליצ המליצ תמליצ המלצ توصي توصية"
)
LIKELY = _stems(
    "likely likelihood willing probab probav wahrscheinlich waarschijnlijk mesure pret(e) prets prete sannolik sandsynlig"
    " sannsynlig todennakois prawdopodob pravdepodob valoszinu вероятн 可能 가능성"
)
NPS_NAMES = {"nps", "enps", "netpromoter", "netpromoterscore"}
# Words that may stand beside NPS or a score without changing what is meant.
NEUTRAL = set(
    _stems(
        "score scores rating value values answer answers response responses question q raw result overall customer survey user"
        " the a of our your us out on scale from to note wert punkte frage antwort puntuacion pregunta respuesta reponse"
        " domanda risposta vraag antwoord pergunta resposta points point numeric number"
    )
)
WEAK = set(
    _stems(
        "score scores rating ratings note notes grade bewertung punkte punktzahl puntuacion puntaje calificacion valoracion"
        " voto punteggio valutazione cijfer beoordeling waardering nota pontuacao avaliacao betyg ocena оценка 评分 点数"
    )
)
SAYS_NOTHING = set(
    _stems(
        "q question questions column col field var variable item answer response value v unnamed frage antwort spalte pregunta"
        " respuesta columna question reponse colonne domanda colonna vraag kolom pergunta coluna untitled header text numeric"
    )
)
OTHER_SUBJECT = {
    "satisfaction": _stems("satisf zufrieden csat tevreden satisfec soddisfa nojd tilfreds zadowol удовлетв 満足 满意 만족"),
    "effort": _stems("effort ces aufwand esfuerzo sforzo moeite ease easy einfach"),
    "intention to buy": _stems("intention intent rachat renew repurchase kaufabsicht intencion"),
}
ONE_TO_FIVE = re.compile(r"\b1\s*(?:-|–|to|bis|a|à|tot)\s*[57]\b|\bstars?\b|\bsterne\b|\betoiles?\b|\bestrellas?\b|\bstelle\b")
ONE_TO_TEN = re.compile(r"(?<!\d)1\s*(?:-|–|—|to|bis|a|al|tot|till|do|~|～)\s*10(?!\d)")
ZERO_TO_TEN = re.compile(r"(?<!\d)0\s*(?:-|–|—|to|bis|a|al|tot|till|do|~|～)\s*10(?!\d)")

COMMENT = (
    "open ended",
    *_stems(
        "comment commentaire kommentar comentario comentário commento commenti opmerking toelichting reason raison grund motivo"
        " razon explication explanation erklarung erlauter begrund explic spiegaz verbatim feedback why pourquoi warum wieso"
        " weshalb porque perche waarom remark anmerkung improve amelior verbesser mejor miglior melhor verbeter suggest vorschlag"
        " sugerencia remarque avis freitext opentext free text text review textantwort dlaczego почему"
        " комментар 理由 意见 コメント 이유"
    ),
)
TOO_SHORT_TO_BE_A_STEM = {"why", "text", "por que", "what", "review", "feedback", "avis"}  # these must stand as whole words

DATE = set(
    _stems(
        "date dates datetime time timestamp datum zeit zeitstempel zeitpunkt fecha hora data horodateur horodatage tijd"
        " tijdstempel created submitted completed responded rated recorded answered at on marca temporal carimbo tidstampel dato"
        " дата 日期 日時"
    )
)
ANSWERED_WHEN = set(
    _stems(
        "submit submitted submission completion completed recorded response responded rated answered created end stage last reply"
    )
)
ANOTHER_DATE = set(
    _stems(
        "birth birthday dob born geburt geburtsdatum naissance nacimiento nascita geboorte signup joined join registered renewal"
        " renew expiry expires expiration contract since purchase purchased order ordered hired hire first updated modified last"
        " login install installed due"
    )
)
BIRTH = set(_stems("birth birthday birthdate dob born geburt geburtsdatum naissance nacimiento nascita geboorte"))
ASKED_WHEN = set(_stems("start started sent delivered invited invitation opened begin beginn debut start"))
DAY_FIRST_HEADERS = set(
    _stems("horodateur horodatage zeitstempel datum fecha marca temporal carimbo data tijdstempel zeitpunkt tidstampel dato дата")
)

PERSON = set(
    _stems(
        "respondent respondents customer client user person contact member account email mail e-mail kunde kunden kundennummer"
        " teilnehmer cliente usuario persona utente klant gebruiker participant subscriber guest patient student employee unique"
        " external panelist repondant abonne visitor"
    )
)
ID = set(_stems("id ids uid uuid guid identifier identifiant kennung number nr no nummer numero code key hash ref reference"))
ALONE_A_PERSON = set(
    _stems("email mail respondent person kundennummer emailaddress customerid userid clientid contactid memberid")
)
NOT_A_PERSON = set(
    _stems(
        "response collector survey network session ip seed workshop ticket order transaction invoice product store branch region"
        " campaign link page url question form device event case conversation agent antwort reponse record row line type country"
        " status segment group first last given family vorname nachname prenom nom category industry size manager owner age"
        " plan tier level class kind tenure since revenue value count amount visits date"
    )
)

WAVE = set(
    _stems("wave welle vague ola onda golf vaga quarter quartal trimestre kwartaal trimester round period survey cycle pulse")
)
WAVE_MAIN = WAVE - {"survey"}
WEIGHT = set(_stems("weight weights weighting wgt wt gewicht gewichtung poids ponderation peso ponderacion weging gewichte"))
# Numbers that name a thing or a place rather than measure it: never worth bands.
LABEL_NUMBERS = set(
    _stems(
        "id ids uid uuid zip zipcode postal postcode plz cp phone telephone tel mobile fax ip latitude longitude lat lon lng seed"
        " code sku isbn iban vat ssn nummer kundennummer identifier key hash ref reference index timestamp"
    )
)


def says(stems: tuple[str, ...], header: str) -> bool:
    """Whether one of the stems stands in the header.

    >>> says(RECOMMEND, "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?"), says(RECOMMEND, "commander")
    (True, False)
    """
    parted = " ".join(tokens(header))
    words = set(parted.split())
    return any(
        (stem in words or f" {stem} " in f" {parted} ") if stem in TOO_SHORT_TO_BE_A_STEM else stem in parted for stem in stems
    )


def named(words: set[str], header: str) -> bool:
    """Whether one of the header's words is among these."""
    return not words.isdisjoint(tokens(header))
