"""Our words in the vocabularies of the European Union, which DCAT-AP asks for and MQA counts: one table each.

Authority tables: https://op.europa.eu/en/web/eu-vocabularies/authority-tables (frequency, file-type, access-right,
data-theme, language, licence, planned-availability); media types: https://www.iana.org/assignments/media-types/.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from portal.records import Licence

AUTHORITY = "http://publications.europa.eu/resource/authority/"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
LOCAL_AUTHORITY = "http://purl.org/adms/publishertype/LocalAuthority"
STABLE = f"{AUTHORITY}planned-availability/STABLE"
LANGUAGES: Mapping[str, str] = {"zh": f"{AUTHORITY}language/ZHO", "en": f"{AUTHORITY}language/ENG"}
COUNTRY = f"{AUTHORITY}country/CHN"
THEMES_OF_EUROPE = f"{AUTHORITY}data-theme"
DCAT_AP = "https://semiceu.github.io/DCAT-AP/releases/3.0.1/"

FREQUENCIES: Mapping[str, str] = {
    "realtime": "UPDATE_CONT",
    "daily": "DAILY",
    "weekly": "WEEKLY",
    "monthly": "MONTHLY",
    "quarterly": "QUARTERLY",
    "semiannual": "ANNUAL_2",
    "annual": "ANNUAL",
    "biennial": "BIENNIAL",
    "irregular": "IRREG",
}
NEVER = "NEVER"
"""Static data: nothing more will come."""

ACCESS: Mapping[str, str] = {"unconditional": "PUBLIC", "conditional": "RESTRICTED", "not-open": "NON_PUBLIC"}

FILE_TYPES: Mapping[str, str] = {
    "csv": "CSV",
    "excel.csv": "CSV",
    "xlsx": "XLSX",
    "json": "JSON",
    "xml": "XML",
    "parquet": "PARQUET",
    "zip": "ZIP",
    "geojson": "GEOJSON",
}
"""Format of facts.Download → file type."""

MACHINE_READABLE = frozenset({"CSV", "GEOJSON", "JSON", "PARQUET", "XLSX", "XML"})
"""File types that programs read. MQA counts nearly every type, ZIP too; a zip is a package, and we don't count it."""

NON_PROPRIETARY = frozenset({"CSV", "GEOJSON", "JSON", "PARQUET", "XML", "ZIP"})
"""File types free of any maker's hold. MQA leaves XLSX out though it is ISO/IEC 29500; so do we. Parquet is open."""

REGISTERED_MEDIA = frozenset(
    {
        "application/geo+json", "application/json", "application/vnd.apache.parquet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/xml", "application/zip",
        "text/csv", "text/xml",
    }
)  # fmt: skip
"""Media types of our files that stand in the register of IANA."""

LICENCES: Mapping[str, str] = {
    "0bsd": "0BSD",
    "agpl30": "AGPL_3_0",
    "apache20": "APACHE_2_0",
    "bsd2clause": "BSD_2_CLAUSE",
    "bsd3clause": "BSD_3_CLAUSE",
    "cc0": "CC0",
    "cc010": "CC0",
    "ccby30": "CC_BY_3_0",
    "ccby40": "CC_BY_4_0",
    "ccbync40": "CC_BYNC_4_0",
    "ccbyncnd40": "CC_BYNCND_4_0",
    "ccbyncsa40": "CC_BYNCSA_4_0",
    "ccbynd40": "CC_BYND_4_0",
    "ccbysa30": "CC_BYSA_3_0",
    "ccbysa40": "CC_BYSA_4_0",
    "gpl20": "GPL_2_0",
    "gpl30": "GPL_3_0",
    "isc": "ISC",
    "lgpl21": "LGPL_2_1",
    "lgpl30": "LGPL_3_0",
    "mit": "MIT",
    "mpl20": "MPL_2_0",
    "odbl": "ODC_BL",
    "odbl10": "ODC_BL",
    "odcby10": "ODC_BY",
    "pddl10": "ODC_PDDL",
    "publicdomain": "CC_PDM_1_0",
    "公有领域": "CC_PDM_1_0",
}
"""Name of a licence without blanks, marks and capitals → licence. CC BY 3.0 IGO and the like have no entry there."""

THEME_NAMES: Mapping[str, str] = {
    "AGRI": "Agriculture, fisheries, forestry and food",
    "ECON": "Economy and finance",
    "EDUC": "Education, culture and sport",
    "ENER": "Energy",
    "ENVI": "Environment",
    "GOVE": "Government and public sector",
    "HEAL": "Health",
    "INTR": "International issues",
    "JUST": "Justice, legal system and public safety",
    "REGI": "Regions and cities",
    "SOCI": "Population and society",
    "TECH": "Science and technology",
    "TRAN": "Transport",
}
"""The themes as the table names them: DCAT-AP wants a label beside every concept."""
STABLE_NAME = "stable"
LOCAL_AUTHORITY_NAME = "Local authority"
THEMES_NAME = "Data theme"

THEMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("TRAN", ("交通", "运输", "公交", "道路", "铁路", "航空", "港口")),
    ("HEAL", ("卫生", "健康", "医疗", "医药", "疾控")),
    ("EDUC", ("教育", "文化", "体育", "旅游", "文旅", "学校")),
    ("ENVI", ("生态", "环境", "环保", "气象", "园林", "绿化", "水务", "水利", "自然")),
    ("AGRI", ("农业", "农村", "渔业", "林业", "食品", "粮食")),
    ("ENER", ("能源", "电力", "燃气")),
    ("JUST", ("公共安全", "公安", "司法", "法律", "法院", "应急", "安全")),
    ("TECH", ("科技", "科学", "信息通信", "通信", "知识产权")),
    ("ECON", ("金融", "经济", "财政", "税", "商", "市场", "信用", "工业", "企业", "统计")),
    ("REGI", ("城市", "城建", "住房", "规划", "地理", "国土", "建设", "区划")),
    ("SOCI", ("社会", "民生", "民政", "人口", "就业", "人社", "养老", "生活")),
    ("INTR", ("外事", "国际", "涉外")),
    ("GOVE", ("政务", "政府", "机构", "公共服务", "监管")),
)
"""Theme → words that a domain's title may hold; the first row that fits decides."""

_PLAIN = re.compile(r"[^0-9a-z\u4e00-\u9fff]+")


def frequency(name: str, *, static: bool) -> str:
    """The frequency's IRI; of static data, `never`."""
    return f"{AUTHORITY}frequency/{NEVER if static else FREQUENCIES[name]}"


def access(open_type: str) -> str:
    """The access right's IRI."""
    return f"{AUTHORITY}access-right/{ACCESS[open_type]}"


def file_type(format_: str) -> str | None:
    """The file type's IRI; None for a format that no table names."""
    code = FILE_TYPES.get(format_)
    return f"{AUTHORITY}file-type/{code}" if code else None


def media(media_type: str) -> str:
    """The media type's IRI; parameters are left out."""
    return MEDIA_TYPES + media_type.partition(";")[0].strip()


def theme(title: str) -> tuple[str, str] | None:
    """The theme's IRI and name for a domain's title; None where no word tells it."""
    found = next((code for code, words in THEMES if any(word in title for word in words)), None)
    return (f"{THEMES_OF_EUROPE}/{found}", THEME_NAMES[found]) if found else None


def licence(given: Licence) -> str | None:
    """The licence's IRI in the authority table; None for one that does not stand there."""
    code = LICENCES.get(_PLAIN.sub("", given.name.lower()))
    return f"{AUTHORITY}licence/{code}" if code else None
