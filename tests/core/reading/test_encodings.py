"""Files in the 8-bit and East Asian encodings of their languages are read cell for cell."""

import pytest

from nps_core.reading import read_table
from nps_core.reading.decode import decode
from nps_core.reading.eight_bit import NAMES, choose

# Natural text, written for this test: what customers would say.
COMMENTS = {
    "pl": ["Bardzo miła obsługa, wszystko przebiegło szybko", "Zbyt długi czas oczekiwania na przesyłkę", "Świetna jakość"],
    "cs": [
        "Příjemná obsluha a rychlé dodání",
        "Čekal jsem příliš dlouho na odpověď",
        "Zboží přišlo v pořádku",
        "Určitě zase přijdu, široký výběr",
    ],
    "hu": [
        "Nagyon kedves kiszolgálás, köszönöm",
        "Túl sokáig kellett várni az ügyfélszolgálatra",
        "Jó minőségű, gyors szállítás",
    ],
    "ro": ["Foarte mulţumit de serviciile primite", "Aşteptarea a fost prea lungă şi răspunsul a întârziat", "Preţuri bune"],
    "hr": ["Odlična usluga, vrlo ljubazno osoblje", "Dostava je kasnila više od tjedan dana", "Može bolje, ali sve u redu"],
    "el": ["Πολύ καλή εξυπηρέτηση και γρήγορη παράδοση", "Η τιμή είναι λίγο υψηλή για αυτό που προσφέρει", "Άριστα, ευχαριστώ"],
    "tr": [
        "Çok güler yüzlü bir ekip, teşekkürler",
        "Sipariş geç geldi ve müşteri hizmetlerine ulaşamadım",
        "Fiyatı biraz yüksek",
    ],
    "ru": ["Всё понравилось, доставили вовремя", "Долго ждал ответа от поддержки", "Цена могла бы быть ниже"],
    "uk": [
        "Дуже задоволена, швидка доставка",
        "Довго чекав на відповідь служби підтримки",
        "Ціна могла б бути нижчою, але якість є",
    ],
    "bg": [
        "Много съм доволен от обслужването",
        "Чаках прекалено дълго за отговор",
        "Цената е малко висока, но качеството си струва",
    ],
    "lt": ["Labai malonus aptarnavimas, ačiū", "Užsakymo teko laukti per ilgai", "Kaina šiek tiek per didelė, bet kokybė gera"],
    "lv": [
        "Ļoti laipna apkalpošana, paldies",
        "Pasūtījumu nācās gaidīt pārāk ilgi",
        "Cena nedaudz par augstu, bet kvalitāte laba",
    ],
    "et": ["Väga sõbralik teenindus, aitäh", "Pidin vastust liiga kaua ootama", "Hind võiks olla soodsam, aga jäin rahule"],
    "he": ["שירות מצוין ואדיב מאוד", "המשלוח הגיע באיחור של שבוע", "המחיר קצת גבוה אבל האיכות טובה"],
    "ar": ["الخدمة ممتازة والموظفون لطفاء", "انتظرت طويلا حتى وصل الطلب", "السعر مرتفع قليلا لكن الجودة جيدة"],
    "ko": [
        "직원들이 매우 친절하고 배송이 빨랐습니다",
        "문의에 대한 답변을 너무 오래 기다렸어요",
        "가격이 조금 비싸지만 만족합니다",
    ],
    "zh": ["服务态度很好，送货也很快", "等待客服回复的时间太长了", "价格有点高，但是质量不错"],
    "zh-tw": ["服務人員非常親切，送貨也很快", "等待客服回覆的時間太長了", "價格稍微偏高，但品質很好"],
    "ja": ["対応がとても丁寧で、配送も早かったです", "問い合わせの返事が遅くて困りました", "価格は少し高いですが満足しています"],
    "it": ["Il personale è gentile però la qualità è calata", "C'è più scelta in città, perché non qui?", "Già provato, tornerò"],
    "nl": [
        "De bediening was één en al vriendelijkheid",
        "Wij zijn zeer tevreden over de coördinatie",
        "Reële prijzen, goede ideeën",
    ],
}
CENTRAL = ("cp1250", "iso8859-2", "mac-latin2", "cp852")
CYRILLIC = ("cp1251", "iso8859-5", "mac-cyrillic", "cp866")
CODECS = {
    **dict.fromkeys(("pl", "cs", "hu", "hr"), CENTRAL),
    "ro": ("cp1250", "iso8859-2"),
    "el": ("cp1253", "iso8859-7", "mac-greek", "cp737"),
    "tr": ("cp1254", "iso8859-9", "mac-turkish", "cp857"),
    "ru": (*CYRILLIC, "koi8-r"),
    "uk": ("cp1251", "mac-cyrillic", "koi8-u"),
    "bg": CYRILLIC,
    **dict.fromkeys(("lt", "lv", "et"), ("cp1257", "iso8859-13")),
    "he": ("cp1255", "iso8859-8"),
    "ar": ("cp1256", "iso8859-6"),
    "ko": ("cp949", "euc-kr"),
    "zh": ("gb18030", "gb2312"),
    "zh-tw": ("big5", "cp950"),
    "ja": ("cp932", "euc-jp"),
    **dict.fromkeys(("it", "nl"), ("cp1252", "mac-roman", "cp850")),
}
CASES = [(language, codec) for language, codecs in CODECS.items() for codec in codecs]


def rows(language):
    return [[str(number), str(7 + number), comment] for number, comment in enumerate(COMMENTS[language], start=1)]


@pytest.mark.parametrize(("language", "codec"), CASES)
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_few_comments_are_enough(language, codec, delimiter):
    lines = ["id;nps;why", *(";".join(row) for row in rows(language))]
    table = read_table("\r\n".join(lines).replace(";", delimiter).encode(codec), "x.csv")
    assert [list(row) for row in table.frame.itertuples(index=False, name=None)] == rows(language)
    assert table.read["repaired_cells"] == 0


def test_every_encoding_that_is_looked_for_has_a_language_here():
    same = {"iso8859-9": "cp1254", "iso8859-8": "cp1255", "euc-kr": "cp949", "gb2312": "gb18030", "cp950": "big5hkscs"}
    same |= {"big5": "big5hkscs", "euc-jp": "euc_jis_2004"}
    tested = {same.get(codec, codec) for _, codec in CASES}
    assert set(NAMES) - tested == {"utf-8", "iso8859-15"}  # UTF-8 has its own tests, Latin-9 the next


def test_the_euro_and_the_oe_that_latin_9_was_made_for():
    text = (
        "id;nps;why\n1;9;5 € pour un bouquet, ça vient du cœur\n2;3;Une sœur déçue, 12 € de trop\n3;8;L'œuvre est très réussie\n"
    )
    found = decode(text.encode("iso8859-15"))
    assert (found.utf8.decode(), found.encoding) == (text, "ISO-8859-15")


@pytest.mark.parametrize(
    "text", ["café", "ä", "Ü", "naïf", "5 €", "it’s fine – “really”", "half\u00a0of it", "señor", "12 £", "20 °C"]
)
def test_one_word_is_taken_for_the_most_usual(text):
    assert choose([f"7;{text}".encode("cp1252")]) == "cp1252"


def test_accents_beside_plain_letters_do_not_make_chinese():
    # 0xE9 and the letter behind it are a character of Big5; here it stands alone in its word.
    lines = [f"{n};8;{word}" for n, word in enumerate(["très bien", "réactif", "à améliorer", "personnel dévoué"])]
    assert choose([line.encode("cp1252") for line in lines]) == "cp1252"


def test_single_lines_of_shift_jis_in_a_file_of_utf_8():
    lines = [f"{n},{comment}" for n, comment in enumerate(COMMENTS["ja"] * 2)]
    data = b"\n".join(line.encode("utf-8" if n else "cp932") for n, line in enumerate(lines))
    found = decode(data)
    assert (found.utf8.decode().split("\n"), found.repaired) == (lines, 1)


def test_a_line_of_mac_central_europe_that_happens_to_be_utf_8_is_left_alone():
    # ř and í are DE 92 there, which is one letter of the Maldives in UTF-8.
    lines = ["0;Objednal jsem 3. října", *(f"{n};{comment}" for n, comment in enumerate(COMMENTS["cs"] * 3, start=1))]
    found = decode("\n".join(lines).encode("mac-latin2"))
    assert (found.utf8.decode().split("\n"), found.encoding, found.repaired) == (lines, "Mac Central European", 0)
