"""What the ways through the portal are called: the navigation and the foot of every page."""

from __future__ import annotations

ROWS: dict[str, tuple[str, str]] = {
    "nav_home": ("首页", "Home"),
    "nav_datasets": ("数据", "Data"),
    "nav_departments": ("部门", "Departments"),
    "nav_topics": ("专题", "Topics"),
    "nav_query": ("查询", "Query"),
    "nav_statistics": ("统计", "Statistics"),
    "nav_developers": ("开发者", "Developers"),
    "nav_help": ("帮助", "Help"),
    "nav_about": ("关于", "About"),
    "follow": ("看进展", "Progress"),
    "nav_demands": ("大家要的数据", "What people asked for"),
    "nav_feedback": ("意见办理结果", "What came of feedback"),
    "nav_showcase": ("利用成果", "Uses of the data"),
    "nav_quality": ("更新与质量", "Timeliness and quality"),
    "nav_changes": ("数据变更", "Changes"),
    "nav_plan": ("年度计划", "Annual plan"),
    "nav_news": ("动态", "News"),
    "nav_roles": ("职责分工", "Who does what"),
    "nav_downloads": ("整批下载与校验", "Download everything"),
    "nav_relations": ("数据关系图", "How the data relate"),
    "nav_feed": ("Atom 订阅", "Atom feed"),
    "nav_catalogue": ("DCAT-AP 目录", "Catalogue in DCAT-AP"),
    "nav_api": ("查询接口 Datasette", "Query API (Datasette)"),
}
