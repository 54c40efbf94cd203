"""Readings of every title of the demonstration catalogue, written by hand; order and letters."""

from __future__ import annotations

import pytest
import yaml

from portal.alphabet import LETTERS, OTHER, READINGS, alphabetical, letter, reading
from portal.settings import CODE

BY_HAND = """
公历农历与二十四节气逐日对照推算（1950—2050年）|gong li nong li yu er shi si jie qi zhu ri dui zhao tui suan 1950 2050 nian
二十四节气日期推算（1950—2050年）|er shi si jie qi ri qi tui suan 1950 2050 nian
全国机动车号牌发牌机关代号（2020年）|quan guo ji dong che hao pai fa pai ji guan dai hao 2020 nian
苏州市网络设备厂商地址段登记（2022年）|su zhou shi wang luo she bei chang shang di zhi duan deng ji 2022 nian
上海证券交易所交易日历（1990—2026年）|shang hai zheng quan jiao yi suo jiao yi ri li 1990 2026 nian
全国民用机场与起降点坐标（2026年）|quan guo min yong ji chang yu qi jiang dian zuo biao 2026 nian
全国铁路客运车站电报码（2026年）|quan guo tie lu ke yun che zhan dian bao ma 2026 nian
苏州市铁路客运车站电报码（2026年）|su zhou shi tie lu ke yun che zhan dian bao ma 2026 nian
全国高校与中小学网络域名（2026年）|quan guo gao xiao yu zhong xiao xue wang luo yu ming 2026 nian
全国普通高等学校名单（2024年）|quan guo pu tong gao deng xue xiao ming dan 2024 nian
苏州市普通高等学校名单（2024年）|su zhou shi pu tong gao deng xue xiao ming dan 2024 nian
全国县级以上区划变更沿革（1981—2026年）|quan guo xian ji yi shang qu hua bian geng yan ge 1981 2026 nian
江苏省村（居）委会区划代码（2023年）|jiang su sheng cun ju wei hui qu hua dai ma 2023 nian
苏州市区县区划代码（2023年）|su zhou shi qu xian qu hua dai ma 2023 nian
苏州市县级以上区划变更沿革（1983—2012年）|su zhou shi xian ji yi shang qu hua bian geng yan ge 1983 2012 nian
苏州市乡镇（街道）区划代码（2023年）|su zhou shi xiang zhen jie dao qu hua dai ma 2023 nian
苏州市村（居）委会区划代码（2023年）|su zhou shi cun ju wei hui qu hua dai ma 2023 nian
苏州市日出日落时刻推算（2000—2035年）|su zhou shi ri chu ri luo shi ke tui suan 2000 2035 nian
全国银行卡发卡识别码明细（2024年）|quan guo yin hang ka fa ka shi bie ma ming xi 2024 nian
全国银行卡发卡机构代码与识别码数量（2024年）|quan guo yin hang ka fa ka ji gou dai ma yu shi bie ma shu liang 2024 nian
人民币参考汇率日序列推算（2005—2026年）|ren min bi can kao hui lv ri xu lie tui suan 2005 2026 nian
大气二氧化碳浓度周序列（莫纳罗亚站，1958—2001年）|da qi er yang hua tan nong du zhou xu lie mo na luo ya zhan 1958 2001 nian
中国分年龄性别人口估计与预测（1950—2100年）|zhong guo fen nian ling xing bie ren kou gu ji yu yu ce 1950 2100 nian
全国手机号段归属全量（2025年）|quan guo shou ji hao duan gui shu quan liang 2025 nian
苏州市手机号段归属（2025年）|su zhou shi shou ji hao duan gui shu 2025 nian
全唐诗中写到苏州的诗（唐代）|quan tang shi zhong xie dao su zhou de shi tang dai
全国城市长途区号与邮政编码（2025年）|quan guo cheng shi chang tu qu hao yu you zheng bian ma 2025 nian
全国法定节假日放假与调休日期（2004—2026年）|quan guo fa ding jie jia ri fang jia yu tiao xiu ri qi 2004 2026 nian
国务院部门与省级政府网站首页和政策栏目网址（2026年）|guo wu yuan bu men yu sheng ji zheng fu wang zhan shou ye he zheng ce lan mu wang zhi 2026 nian
全国县级以上区划中心点坐标（2021年）|quan guo xian ji yi shang qu hua zhong xin dian zuo biao 2021 nian
全国地名点位坐标全量（2026年）|quan guo di ming dian wei zuo biao quan liang 2026 nian
江苏省地名点位坐标（2026年）|jiang su sheng di ming dian wei zuo biao 2026 nian
苏州市区县中心点坐标（2021年）|su zhou shi qu xian zhong xin dian zuo biao 2021 nian
""".strip()
KNOWN = dict(line.split("|") for line in BY_HAND.splitlines())
OTHERS = {
    "重庆": "chong qing",
    "音乐厅": "yin yue ting",
    "乐园": "le yuan",
    "厦门": "xia men",
    "会计师事务所": "kuai ji shi shi wu suo",
    "浒墅关": "xu shu guan",
    "甪直": "lu zhi",
    "行道树": "xing dao shu",
    "都市": "du shi",
    "A级景区": "a ji jing qu",
    "養老機構": "yang lao ji gou",
    "城市长效管理": "cheng shi chang xiao guan li",
    "公交站点乘降量": "gong jiao zhan dian cheng jiang liang",
    "市场调查": "shi chang diao cha",
}


def test_every_title_of_the_demonstration_catalogue_is_read_as_a_person_reads_it() -> None:
    entries = sorted(path for path in (CODE / "catalog").glob("*/*.yml") if (path.parent / "department.yml").exists())
    titles = [
        yaml.safe_load(path.read_text("utf-8"))["title"]
        for path in entries
        if path.name != "department.yml" and not path.name.endswith(".releases.yml")
    ]
    assert {title: " ".join(reading(title)) for title in titles} == {title: KNOWN.get(title, "?") for title in titles}


@pytest.mark.parametrize("text", sorted(OTHERS))
def test_characters_with_several_readings(text: str) -> None:
    assert " ".join(reading(text)) == OTHERS[text]


@pytest.mark.parametrize("phrase", sorted(READINGS))
def test_a_phrase_of_ours_has_a_reading_for_each_character(phrase: str) -> None:
    assert len(READINGS[phrase].split()) == len(phrase)


def test_texts_stand_in_the_order_of_their_sounds_numbers_by_size() -> None:
    texts = ["停车场", "12路公交", "长途汽车", "9路公交", "保障房", "重庆", "北京", "Zoo", "apple", "（试行）办法"]
    assert sorted(texts, key=alphabetical) == [
        "9路公交", "12路公交", "apple", "保障房", "北京", "长途汽车", "重庆", "（试行）办法", "停车场", "Zoo",
    ]  # fmt: skip


def test_a_text_stands_under_its_first_sound() -> None:
    assert [letter(text) for text in ("重庆", "（试行）办法", "12路公交", "", "—")] == ["C", "S", OTHER, OTHER, OTHER]
    assert OTHER not in LETTERS
