"""Names of people, postal addresses and telephones: each is public by itself, together in one record they are a person.

Surnames and characters of given names are lists of frequent ones, made by hand (docs/personal-data.md tells how many
names they know). A given name is one or two characters. Where a column's title says 姓名 the shape suffices; elsewhere
the given name must be made of characters that are frequent in given names, in most cells of the column, as 周庄 and
常州 begin with surnames too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.personal.dress import GAP

FREQUENT = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭"
    "陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛段郝顾龚邵覃武钱戴严莫孔向常汤康易乔赖文樊兰殷施洪翟安"
    "颜倪牛温芦季俞章鲁葛伍申尤毕聂柴焦柳邢岳齐梅庄涂祝耿童路辛管翁盛甘景左单包司祁舒尚骆靳解阮纪欧蒲滕关凌符房霍娄裴"
    "詹冉池边卜应古苗阳晏乐游费苟仇柯褚谷荣屈牟桂柏代车全党喻窦饶宁丛佟栾冷宫宗闵穆卓艾隋米瞿岑戚邬明巩时席谌项鲍衣蓝"
    "刁糜沙郎晋封计蔺储邝寇华楚臧厉麻敖植占辜初郁虞习巫原匡商卞强隆莘郜桑居仲农鞠阎傅萧丘肇狄宿简缪练桓蓬班揭慕展鄢万"
    "曲庞连迟奚成荆卫吉庾祖麦廉危束燕荀雍"
)
"""Surnames that suffice where no title says that the column holds names."""
SURNAMES = FREQUENT | frozenset(
    "水云昌凤花酆皮元平和湛禹贝伏谈茅支昝经裘干宣贲杭诸钮嵇滑羊於惠甄家芮羿汲邴松井富乌巴弓牧隗山宓郗仰秋伊暴钭戎幸韶"
    "蓟薄印怀邰从鄂索咸籍屠蒙阴胥能苍双闻贡劳逄姬扶堵宰郦郤璩濮寿通扈冀郏浦别充茹宦鱼容慎戈终暨衡步都满弘国广禄阙东殳"
    "沃利蔚越夔师厍晁勾融訾阚那空毋乜养须丰巢蒯相查后红竺权逯盖益公邸漆官栗玉银南上修撒冶亓仝战由矫綦綳滿啜朴铁把缑佘"
    "阿哈旦尼赛才扎洛拉次"
)
"""With those of 百家姓 and some newer ones: for columns that are titled 姓名."""
COMPOUND = frozenset(
    """
    欧阳 上官 司马 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 司徒 东方 独孤
    南宫 长孙 宇文 端木 西门 司空 澹台 轩辕 闻人 呼延
    """.split()  # noqa: SIM905 -- words read better so
)
GIVEN = frozenset(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰凤洁梅琳素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉红春菊淑珠"
    "翠雅芝萍娥玲芬燕彩兴倩婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹蓉眉君琴蕊薇菁梦岚苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽羽希"
    "欣飘育滢馥筠柔竹霭凝晓欢枫芸菲寒伊亚宜可姬舒影荔枝思帆帅旭宁龙林阳亮成建峰晨雷博彬坤岩文利楠斌宇浩凯健俊鑫波辉鹏飞"
    "志国庆海山仁中福生永良茂康星光天达安诚先敬震振壮会思群豪心邦承乐绍功松善厚磊民友裕河哲江裴泽翰朗伯宏言若鸣朋贵世广义"
    "兴良海仁顺信子学祥才发武新清秋富东轩睿诗涵雨梓萱奕晗琪芯怡宸皓泽铭钰璐昊然逸淼焱炎浚锋彤妍昕忠雄业德慧蕾晶莹胜智培根胤"
    "冬小凤花兵想柳杨秋夏苗成元昌绪维启克伦翔景进奎奇威尚廷怀恒悟惠政方栋桐森正毅炳焕玺珊珂琦琛瑜璇璟畅盛礼祖秉立章笑继维芃茜荃莎菡萌葆蔚蕙虹衡诗谦"
    "贤赫越跃进远连迪适银锐锦长青靖韬顺颂飒骏骥高魁麒黎齐"
)
"""Characters of given names, (a few hundred carry most names)."""
_ENDS = re.compile(
    r"[市县区镇乡村街路桥州庄园里庙站塘浜泾屯寨湾港湖河江海沟岭岗店铺坝堡口寺庵祠堂馆院校厂司局处科部所会社队组室班号楼苑城门井关坡圩圩]$"
)
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}")
_MINORITY = re.compile(r"[\u4e00-\u9fff]{1,10}[·•・][\u4e00-\u9fff]{1,10}")
_LATIN = re.compile(r"[A-Z][a-z'’-]+(?: [A-Z]\.)?(?: [A-Z][a-z'’-]+){1,2}")
_ORGANISED = re.compile(
    r"公司|集团|中心|政府|银行|学校|医院|大学|委员|办公|街道|社区|(局|部|处|科|办|站|所|厂|店|社|会|院|校|队|组|室|岗|厅)$"
)
_COVERED = re.compile("某|先生|女士|同志|老师|小姐|师傅")
"""张某, 李先生: what is left of a name after masking is no name."""
LANDLINE = re.compile(rf"(?<![0-9])0[1-9][0-9]{{1,2}}{GAP}[2-9][0-9]{{3}}{GAP}[0-9]{{3,4}}(?![0-9])")
_STREET = re.compile(
    r"(?:路|街|道|巷|弄|里|村|组|园|苑|庭|城|区|乡|镇|胡同|公寓|大厦|广场|屯|队)[^，。；\n]{0,16}?"
    r"(?:[0-9]+|[一二三四五六七八九十百甲乙丙]+|[A-Za-z])[-0-9A-Za-z]{0,6}(?:号|室|幢|栋|单元|座|楼|弄|组|户|层)"
)
CALLED = "姓名|联系人|联络人|法定代表人|法人代表|负责人|经办人|申请人|户主|业主|收件人|当事人"
INLINE = re.compile(
    rf"(?:{CALLED})[\"'”]?(?:[:：是为]|\s){{1,3}}[\"'“]?"
    r"(?P<name>[\u4e00-\u9fff]{2,4}?)(?=[^\u4e00-\u9fff]|电话|手机|地址|住址|住|联系|男|女|$)"
)


def is_person(text: str, *, strict: bool = False) -> bool:
    """A text that is a person's name and nothing else; `strict` also asks for a usual given name."""
    name = text.strip().replace(" ", "").replace("\u3000", "")
    if _PERSON.fullmatch(name):
        family = 2 if name[:2] in COMPOUND and len(name) > 2 else 1
        known = family == 2 or name[0] in (FREQUENT if strict else SURNAMES)
        given = name[family:]
        if not known or not 1 <= len(given) <= 2:
            return False
        if strict:
            return set(given) <= GIVEN and not _ENDS.search(name)
        return not _ORGANISED.search(name) and not _COVERED.search(given)
    return not strict and bool(_MINORITY.fullmatch(name) or _LATIN.fullmatch(text.strip()))


def is_address(text: str) -> bool:
    """A postal address down to the house: 观前街12号, 3幢502室."""
    return bool(_STREET.search(text))


def is_phone(text: str) -> bool:
    """An office's telephone with its area code."""
    return bool(LANDLINE.search(text))


def names_in(text: str) -> Iterator[tuple[int, int]]:
    """Names behind a word such as 联系人 in a longer text."""
    for found in INLINE.finditer(text):
        if is_person(found["name"]):
            yield found.span("name")
