"""Words of the query page that stand in its HTML; what its scripts say is in site_src/assets/js/query/words.js."""

from __future__ import annotations

ROWS: dict[str, tuple[str, str]] = {
    "query_title": ("用 SQL 查询数据", "Query the data with SQL"),
    "query_lead": (
        "点几下或写一句 SQL，就能筛选、汇总、关联公开的数据表。查询在您的浏览器里运行，只下载用到的列，不会改动数据。",
        (
            "Filter, summarise and join published tables by a few clicks or a line of SQL. Queries run in your "
            "browser, which fetches only the columns they use; nothing you write can change the data."
        ),
    ),
    "query_description": (
        "在浏览器里用 SQL 筛选、汇总、关联公开的数据表，不占用服务器。",
        "Filter, summarise and join published tables with SQL, in your browser.",
    ),
    "query_needs_scripts": (
        "这个页面需要浏览器脚本。没有脚本时，请在数据集页面下载文件，或打开查询服务：",
        "This page needs scripts. Without them, download files from a dataset's page, or open the query service:",
    ),
    "query_needs_wasm": (
        "您的浏览器不支持 WebAssembly，不能在本页查询。请换用较新的浏览器，或打开查询服务：",
        "Your browser has no WebAssembly, which this page needs. Use a newer browser, or open the query service:",
    ),
    "query_service": ("查询服务（在服务器上查询）", "The query service (runs on the server)"),
    "query_or_dataset": ("试试这些问题", "Try one of these questions"),
    "query_rows": ("行数", "rows"),
    "query_none_yet": ("还没有选数据集。", "No dataset is chosen yet."),
    "query_pick": ("选数据集", "Choose a dataset"),
    "query_pick_hint": (
        "输入名称里的字，从列表中选；可以选几个，一起查询。",
        "Type part of its name and choose from the list. You may choose several and query them together.",
    ),
    "query_pick_label": ("数据集名称", "Name of the dataset"),
    "query_chosen": ("已选的表", "Chosen tables"),
    "query_build": ("点选条件", "Build by clicks"),
    "query_of_table": ("表", "Table"),
    "query_where": ("只看符合这些条件的行", "Only rows that meet"),
    "query_add_condition": ("加一个条件", "Add a condition"),
    "query_group": ("按这一列分组", "Group by"),
    "query_measure": ("算什么", "Calculate"),
    "query_order": ("排序", "Sort by"),
    "query_limit": ("最多行数", "Rows at most"),
    "query_rewrite": ("用点选的条件重写 SQL", "Write the SQL anew from these"),
    "query_sql": ("SQL", "SQL"),
    "query_sql_hint": (
        "SQLite 的写法，只能查询。表名、列名用双引号，文字用单引号。按 Ctrl+Enter 运行。",
        (
            "In SQLite's dialect, reading only. Names of tables and columns in double quotes, texts in single "
            "quotes. Ctrl+Enter runs it."
        ),
    ),
    "query_run": ("运行", "Run"),
    "query_cancel": ("取消", "Cancel"),
    "query_share": ("复制链接", "Copy link"),
    "query_examples": ("例子", "Examples"),
    "query_result": ("结果", "Result"),
    "query_table": ("结果表格", "Table of the result"),
    "query_copy": ("复制为 CSV", "Copy as CSV"),
    "query_download": ("下载 CSV", "Download CSV"),
    "query_draw": ("画图", "Chart"),
    "query_no_chart": ("不画图", "No chart"),
    "query_bars": ("条形图", "Bars"),
    "query_columns": ("柱形图（按时间或数字）", "Columns (over time or numbers)"),
    "query_line": ("折线图", "Line"),
    "query_axis": ("横轴", "Axis"),
    "query_values": ("数值", "Values"),
    "query_more": ("再显示 200 行", "Show 200 more"),
    "query_this": ("用 SQL 查询", "Query with SQL"),
    "query_join": ("关联查询", "Query them together"),
}
