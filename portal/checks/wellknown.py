"""Latin letters that need no explanation: units, chemical symbols, codes of standards, formats, grades.

Sources: GB 3100 (units and their prefixes), IUPAC formulas of the pollutants that GB 3095 and GB 3838 limit,
ISO 4217 and ISO 3166-1 as they stood in 2026, the file formats and encodings that this portal reads and offers.
GDP, PM2.5 or AQI are none of these: they stand for words and have to be explained once (CAT-5).
"""

# ruff: noqa: E501, SIM905 -- lists of words read best as lines of words

from __future__ import annotations

import re

UNITS = frozenset(
    "m km dm cm mm um μm nm m2 km2 hm2 ha cm2 mm2 m3 km3 cm3 mm3 dm3 Nm3 L mL ml μL g kg mg ug μg ng t kt Mt s ms min h d a "
    "A mA kA V kV mV W kW MW GW VA kVA MVA kvar Wh kWh MWh GWh TWh J kJ MJ GJ tce Hz kHz MHz GHz Pa hPa kPa MPa bar N kN "
    "K °C C °F dB dBA lx lm cd Ω kΩ F H T Wb S mS μS Bq kBq Gy mGy Sv mSv mol mmol ppm ppb pH NTU rad sr "
    "bit B KB kB MB GB TB PB bps kbps Mbps Gbps rpm mph px dpi ft in yd mile nm kn GT DWT TEU CNY".split()
) - {"in"}
CHEMICALS = frozenset(
    "CO CO2 NO NO2 NOx NOX N2O SO2 SO3 SOx SOX O2 O3 H2O H2 N2 H2S H2O2 NH3 NH4 NH3-N NH4-N NO2-N NO3-N CH4 CS2 HF HCl "
    "HCN Cl2 CaO CaCO3 NaCl SiO2 TiO2 Pb Hg Cd Cr Cr6+ As Cu Zn Ni Se Fe Mn Al Na Mg Ca Ag Au Ba Be Co Mo Sb Tl Sn Ti".split()
)
FORMATS = frozenset(
    "CSV TSV TXT XLS XLSX ODS JSON GeoJSON XML PDF ZIP HTML HTTP HTTPS URL UTF-8 UTF8 UTF-16 GBK GB2312 GB18030 ASCII "
    "Unicode Excel Parquet SQL WGS-84 WGS84 CGCS2000 GCJ-02 GCJ02 BD-09 BD09".split()
)
CURRENCIES = frozenset(
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC "
    "CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR "
    "ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK "
    "MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE "
    "SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF "
    "YER ZAR ZMW ZWG".split()
)
COUNTRIES = frozenset(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD "
    "CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF "
    "GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN "
    "KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA "
    "NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI "
    "SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI "
    "VN VU WF WS YE YT ZA ZM ZW CHN HKG MAC TWN USA JPN KOR SGP DEU FRA GBR RUS AUS CAN".split()
)
_STANDARD = re.compile(
    r"(?<![A-Za-z])(?:ISO(?:/IEC)?|IEC|RFC|ITU-T|GB(?:/[TZ])?|GBZ(?:/T)?|DB\d{2}(?:/T)?|HJ(?:/T)?|[A-Z]{2}/T|CJJ|JGJ|JTG|T/[A-Z]+)"
    r"\s*[A-Z]?\d[\d.]*(?:[-—–]\d+)*"
)
_ADDRESS = re.compile(
    r"https?://[^\s，。；）)]+|[\w.+-]+@[\w.-]+|(?<![\w.])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}(?:/[\w./-]*)?(?![\w])|[A-Z][a-z]+/[A-Z]\w+"
)
_ROMAN = re.compile(r"[IVX]{1,5}")
_SAME_LETTER = re.compile(r"([A-Z])\1{0,4}\+?")


def without_names(text: str) -> str:
    """The text without addresses and numbers of standards: they are names, not words."""
    return _STANDARD.sub(" ", _ADDRESS.sub(" ", text))


def is_well_known(token: str) -> bool:
    """A unit, a compound of units (mg/L), a chemical symbol, a format, a Roman number or a grade (AAA)."""
    if token in CHEMICALS or token in FORMATS or _ROMAN.fullmatch(token) or _SAME_LETTER.fullmatch(token):
        return True
    return all(part in UNITS for part in re.split(r"[/·.]", token))


def is_iso_code(token: str, about: str) -> bool:
    """A currency or a country by its ISO code, where the words around it say that it is one."""
    if token in CURRENCIES and re.search("币|货币|汇率|外汇", about):
        return True
    return token in COUNTRIES and bool(re.search("国家|地区|国别|国籍", about))
