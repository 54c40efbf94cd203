"""Cells that hold one thing about a person, and cells that only look so. Imports nothing of the scanner.

People who do not exist: Faker (zh_CN) makes names, ids, mobile numbers, addresses, mail and plates; python-stdnum the check
digits of cards. What neither knows (15-digit ids, passports, permits, new-energy plates) is made here from the published
formats. Each true cell is dressed in one of several ways; the seed is fixed, so the same cells come each time.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from faker import Faker
from stdnum import luhn

Dress = Callable[[str, random.Random], str]

WIDE = str.maketrans(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-@.",
    "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ－＠．",
)
NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")
# Identification numbers of cards, a sample of the published table (bankcardinfo 2.0.6), by the length of the number.
BINS = {
    15: ["377152", "377158", "62829", "95555"],
    16: [
        "356889",
        "406366",
        "412963",
        "422161",
        "436771",
        "439227",
        "512466",
        "517636",
        "552398",
        "620035",
        "621078",
        "621083",
        "621248",
        "621249",
        "622224",
        "622557",
        "625017",
        "625902",
        "625916",
        "625987",
        "628295",
        "628311",
        "87050",
        "955593",
    ],
    17: ["621760", "622336", "622406", "622410", "622491", "940056"],
    18: ["438589", "620410", "621205", "621313", "622004", "622010", "622313", "622403"],
    19: [
        "436742",
        "620038",
        "620062",
        "621016",
        "621018",
        "621068",
        "621227",
        "621518",
        "621529",
        "621568",
        "621621",
        "621666",
        "621671",
        "621672",
        "621741",
        "622154",
        "62218851",
        "622202",
        "622363",
        "622821",
        "622879",
        "622931",
        "940001",
        "95597",
    ],
}


def groups(text: str, sizes: tuple[int, ...], mark: str) -> str:
    """The text cut into pieces of these sizes."""
    pieces, place = [], 0
    for size in sizes:
        pieces.append(text[place : place + size])
        place += size
    return mark.join([*pieces, text[place:]] if place < len(text) else pieces)


def _plain(text: str, _: random.Random) -> str:
    return text


def _wide(text: str, _: random.Random) -> str:
    return text.upper().translate(WIDE)


def _sentence(text: str, rng: random.Random) -> str:
    return rng.choice(
        [
            f"经办人登记的号码为{text}，请核对。",
            f"（{text}）已于2023年6月30日办结",
            f"备注:{text};窗口3号",
            f"共 3 件，联系{text}。",
            f"材料齐全、号码{text}、已归档",
        ]
    )


def _json(text: str, rng: random.Random) -> str:
    return rng.choice(
        [f'{{"id": 17, "value": "{text}", "ok": true}}', f"[['{text}', 3], ['x', 4]]", f"value={text}&page=2"]
    )


def _numerals(text: str, _: random.Random) -> str:
    return text.translate(NUMERALS)


def _single(text: str, rng: random.Random) -> str:
    return "".join(one + rng.choice([" ", "-", " "]) for one in text).strip(" -")


def _invisible(text: str, _: random.Random) -> str:
    return "\u200b".join(groups(text, (4, 4, 4), "|").split("|"))


def _cut(sizes: tuple[int, ...]) -> Dress:
    return lambda text, rng: groups(text, sizes, rng.choice([" ", "-", "\u3000", "－", "·"]))


COMMON: tuple[Dress, ...] = (_plain, _plain, _wide, _sentence, _json)


def ids(rng: random.Random, fake: Faker) -> Iterator[str]:
    """18 digits, dressed."""
    dresses = (*COMMON, _cut((6, 8, 4)), _cut((3, 3, 4, 4)), _single, _numerals_but_x, _invisible, _lower, _labelled)
    while True:
        yield rng.choice(dresses)(fake.ssn(), rng)


def _numerals_but_x(text: str, _: random.Random) -> str:
    return text.translate(NUMERALS)


def _lower(text: str, _: random.Random) -> str:
    return text.lower()


def _labelled(text: str, rng: random.Random) -> str:
    return rng.choice(["身份证号：", "公民身份号码", "ID:", "sfz", "（身份证）"]) + text


def old_ids(rng: random.Random, fake: Faker) -> Iterator[str]:
    """15 digits: without century and check digit, as issued until 1999 to people born from 1927 on."""
    dresses = (*COMMON, _cut((6, 6, 3)), _single, _labelled)
    while True:
        number = fake.ssn(min_age=28, max_age=95)
        if number[6:8] == "19" and number[8:10] >= "27":
            yield rng.choice(dresses)(number[:6] + number[8:17], rng)


def mobiles(rng: random.Random, fake: Faker) -> Iterator[str]:
    """Eleven digits, dressed."""
    dresses = (
        *COMMON,
        _cut((3, 4, 4)),
        _cut((3, 8)),
        _cut((4, 3, 4)),
        _single,
        _numerals,
        _abroad,
        _half_single,
        _dotted,
    )
    while True:
        yield rng.choice(dresses)(fake.phone_number(), rng)


def _abroad(text: str, rng: random.Random) -> str:
    return rng.choice(["+86", "86-", "+86 ", "0086", "(+86)", "电话：", "tel:"]) + text


def _half_single(text: str, _: random.Random) -> str:
    return f"{text[0]} {text[1]} {text[2]}-{text[3:7]}-{text[7:]}"


def _dotted(text: str, _: random.Random) -> str:
    return groups(text, (3, 4, 4), ".")


def cards(rng: random.Random, _: Faker) -> Iterator[str]:
    """13 to 19 digits of known issuers, dressed."""
    dresses = (*COMMON, _cut((4, 4, 4, 4)), _cut((6,)), _single, _numerals, _invisible, _account)
    while True:
        length = rng.choice(list(BINS))
        start = rng.choice(BINS[length])
        body = start + "".join(rng.choice("0123456789") for _ in range(length - len(start) - 1))
        yield rng.choice(dresses)(body + luhn.calc_check_digit(body), rng)


def _account(text: str, rng: random.Random) -> str:
    return rng.choice(["卡号", "账号：", "开户行 工商银行 "]) + text


def passports(rng: random.Random, _: Faker) -> Iterator[str]:
    """Ordinary passports; others are known by their column's title only."""
    dresses = (_plain, _plain, _wide, _sentence, _json, _lower, _document)
    while True:
        digits = "".join(rng.choice("0123456789") for _ in range(8))
        number = rng.choice([f"E{digits}", f"E{rng.choice('ABCDEFGHJKLMNPQRSTUVWXYZ')}{digits[:7]}", f"G{digits}"])
        yield rng.choice(dresses)(number, rng)


def _document(text: str, rng: random.Random) -> str:
    return rng.choice(["护照", "护照号：", "证件："]) + text


def mails(rng: random.Random, fake: Faker) -> Iterator[str]:
    """Addresses of people, at providers and at firms."""
    dresses = (_plain, _plain, _wide, _sentence, _json, _at_word, _mail_blank)
    while True:
        who = rng.choice(
            [fake.user_name(), f"{fake.user_name()}{rng.randrange(1960, 2005)}", str(rng.randrange(10**7, 10**10))]
        )
        where = rng.choice(
            ["qq.com", "163.com", "126.com", "sina.com", "gmail.com", "139.com", "foxmail.com", fake.domain_name()]
        )
        yield rng.choice(dresses)(f"{who}@{where}", rng)


def _at_word(text: str, rng: random.Random) -> str:
    return text.replace("@", rng.choice(["(at)", "[at]", " (at) "]))


def _mail_blank(text: str, _: random.Random) -> str:
    return text.replace("@", " @ ")


def plates(rng: random.Random, fake: Faker) -> Iterator[str]:
    """Plates of cars, new-energy ones included."""
    dresses = (_plain, _plain, _wide, _sentence, _json, _lower, _plate_dot)
    while True:
        usual = fake.license_plate().replace("-", "")
        if usual[1] in "IO":  # Faker gives these too, GA 36 does not
            continue
        letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
        mixed = usual[:2] + "".join(rng.sample([*rng.choices("0123456789", k=4), rng.choice(letters)], 5))
        small = usual[:2] + rng.choice("DF") + rng.choice("0123456789ABC") + "".join(rng.choices("0123456789", k=4))
        large = usual[:2] + "".join(rng.choices("0123456789", k=5)) + rng.choice("DF")
        yield rng.choice(dresses)(rng.choice([usual, mixed, small, large]), rng)


def _plate_dot(text: str, rng: random.Random) -> str:
    return text[:2] + rng.choice(["·", "-", " ", "•"]) + text[2:]


def permits(rng: random.Random, _: Faker) -> Iterator[str]:
    """Home-return permits and others beside their name, and Hong Kong identity cards with their check digit."""
    while True:
        digits = "".join(rng.choice("0123456789") for _ in range(8))
        letter = rng.choice("ABCDEFGHKLMPRSTVYZ")
        values = [36, ord(letter) - 55, *map(int, digits[:6])]
        check = -sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True)) % 11
        card = f"{letter}{digits[:6]}({'A' if check == 10 else check})"
        named = rng.choice(
            [
                f"港澳居民来往内地通行证H{digits}",
                f"通行证号：M{digits}",
                f"台胞证{digits}",
                f"回乡证 H{digits}01",
                f"往来港澳通行证C{letter}{digits[:7]}".replace("CO", "CP"),
            ]
        )
        yield rng.choice([card, _wide(card, rng), named, _sentence(card, rng), f"来访者 {named}，已登记"])


TRUE: dict[str, tuple[str, Callable[[random.Random, Faker], Iterator[str]]]] = {
    "id, 18 digits": ("id", ids),
    "id, 15 digits": ("id", old_ids),
    "mobile": ("mobile", mobiles),
    "card": ("card", cards),
    "passport": ("passport", passports),
    "permit": ("permit", permits),
    "email": ("email", mails),
    "plate": ("plate", plates),
}
"""Name → kind and its cells."""


def cells(name: str, number: int, seed: int = 20261122) -> list[str]:
    """So many true cells of a kind."""
    rng, fake = random.Random(f"{name}{seed}"), Faker("zh_CN")
    fake.seed_instance(seed + len(name))
    made = TRUE[name][1](rng, fake)
    return [next(made) for _ in range(number)]


def people(number: int, seed: int = 20261122) -> list[tuple[str, str, str]]:
    """Name, landline and address of people."""
    rng, fake = random.Random(seed), Faker("zh_CN")
    fake.seed_instance(seed)
    areas = ["010", "021", "0512", "0510", "0469", "025", "0571"]
    return [
        (
            fake.name(),
            f"{rng.choice(areas)}{rng.choice(['-', '', ' '])}{rng.randrange(20000000, 89999999)}",
            f"{fake.city()}{fake.district()}区{fake.street_name()}{rng.randrange(1, 400)}号{rng.randrange(1, 30)}幢{rng.randrange(101, 2999)}室",
        )
        for _ in range(number)
    ]
