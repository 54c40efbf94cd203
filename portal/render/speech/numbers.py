"""What the pages of figures say: statistics, quality and timeliness."""

from __future__ import annotations

ROWS: dict[str, tuple[str, str]] = {
    # a figure
    "st_take_csv": ("CSV", "CSV"),
    "st_take_json": ("JSON", "JSON"),
    "st_take": ("下载“{title}”的数字", "Take the numbers of “{title}”"),
    "st_rest": ("另有 {n} 行，全部见 CSV 文件。", "{n} more rows stand in the CSV file."),
    "st_table": ("数字表", "The numbers"),
    "st_begun": (
        "自 {date} 起记录，从下一个有发布的日子起可以看到变化",
        "Kept since {date}; a course shows from the next day on",
    ),
    "st_nothing": ("暂无数据", "Nothing yet"),
    "st_same": ("与 {date} 相同", "as on {date}"),
    "st_more": ("比 {date} 多 {n}", "{n} more than on {date}"),
    "st_less": ("比 {date} 少 {n}", "{n} less than on {date}"),
    "st_points": ("{n} 个百分点", "{n} points"),
    "st_none": ("暂无数据", "No data yet"),
    # /statistics/
    "st_title": ("统计", "Statistics"),
    "st_lead": (
        "平台有多少数据、更新得怎样、有多少人在用、意见办得怎样。这里的数字都由目录、数据文件和访问日志算出，可以下载。",
        (
            "How much there is, how it is kept up, used and answered for. Every number is computed from the catalogue, "
            "the data and the server’s log, and may be taken away."
        ),
    ),
    "st_as_of": ("截至 {date}，发布版本 {release}", "As of {date}, release {release}"),
    "st_holdings": ("有多少数据", "What there is"),
    "st_ease": ("实时、易用", "Real time and ease of use"),
    "st_course": ("变化", "Over time"),
    "st_course_lead": (
        "平台每次发布时记下当天的数字，一天一行；没有发布的日子没有记录。",
        "Each release writes down the day’s numbers, a row a day; days without a release have none.",
    ),
    "st_use": ("使用", "Use"),
    "st_use_none": (
        "还没有使用量。服务运行后，访问日志每天汇总一次，下次发布时出现在这里。",
        (
            "No use has been counted yet. Once the service runs, its log is summed every day and shows here with the "
            "next release."
        ),
    ),
    "st_recent": ("近 {n} 日", "Last {n} days"),
    "st_since": ("自 {date} 起共 {n}", "{n} since {date}"),
    "st_most_used": ("用得最多的数据集", "The most used datasets"),
    "st_handling": ("意见和需求办理", "Feedback and requests"),
    "st_handling_none": (
        "还没有办理数字。收到的纠错、意见和需求办结后，件数、是否按时、办理天数会出现在这里。",
        (
            "No case has been told yet. Once corrections, opinions and requests are handled, how many, whether in time "
            "and the days they took show here."
        ),
    ),
    "st_to_feedback": ("意见办理结果", "Results of feedback"),
    "st_to_demands": ("数据需求和结果", "Requests and their outcome"),
    "st_results": ("利用成果", "Results of use"),
    "st_results_lead": (
        "已登记的利用成果 {n} 项，用到 {sets} 个数据集。",
        "{n} results of use are registered; they use {sets} datasets.",
    ),
    "st_results_none": (
        "还没有登记利用成果。用本平台数据做出的应用、研究、报道，欢迎告诉我们。",
        "No result of use is registered yet. Tell us of what you made with these data.",
    ),
    "st_results_see": ("看利用成果", "See them"),
    "st_results_tell": ("提交利用成果", "Tell us of yours"),
    "st_open": ("这些数字的文件", "The numbers as files"),
    "st_open_lead": (
        "每一张表都有 CSV 和 JSON 两种文件，地址固定，可以引用和再利用。",
        "Each table is a CSV and a JSON file at a fixed address, free to cite and reuse.",
    ),
    "st_board": ("按期和质量", "Timeliness and quality"),
    # usage on other pages
    "st_used": (
        "浏览 {views} 次，下载 {downloads} 次，接口调用 {api} 次",
        "{views} views, {downloads} downloads, {api} API calls",
    ),
    "st_used_short": ("下载 {n} 次", "{n} downloads"),
    # /quality/
    "ql_title": ("更新与质量", "Timeliness and quality"),
    "ql_lead": (
        "哪些数据该更新了、哪些已经逾期、质量得多少分，逐部门公开。逾期的排在前面。",
        "What is due, what is overdue and how good the data are, department by department; what is late comes first.",
    ),
    "ql_overdue_none": ("没有逾期未更新的数据集。", "Nothing is overdue."),
    "ql_on_time": ("更新按期率", "updated on time"),
    "ql_rate": ("按期率", "On time"),
    "ql_mean": ("质量平均得分", "mean quality score"),
    "ql_board": ("各部门更新情况", "Timeliness by department"),
    "ql_key": ("图例：", "Key: "),
    "ql_overdue": ("逾期未更新", "Overdue"),
    "ql_late": ("{due}到期，已晚 {n} 天", "due {due}, {n} days late"),
    "ql_all_of": ("{name}的全部数据集", "All datasets: {name}"),
    "ql_and_more": ("另有 {n} 个", "{n} more"),
    "ql_soon": ("待更新和即将更新", "Due, and due soon"),
    "ql_soon_none": ("近期没有要更新的数据集。", "Nothing is due soon."),
    "ql_due": ("{due}到期", "due {due}"),
    "ql_scores": ("各部门质量得分", "Quality by department"),
    "ql_lowest": ("得分最低的数据集", "The lowest scores"),
    "ql_lowest_none": ("评过分的数据集都是满分。", "Every scored dataset has full marks."),
    "ql_unscored": ("没有可以评分的数据集。", "Nothing could be scored."),
    "ql_how": ("得分怎样算", "How scores are made"),
    "ql_how_lead": (
        (
            "每项都是“合格的 ÷ 被评价的”，以百分数表示，只舍不入，所以 100 就是全部。评不了的不给分，并写明原因。"
            "总分是已评分各项的平均，不加权。"
            "算法参照 GB/T 36344-2018《信息技术 数据质量评价指标》。"
        ),
        (
            "Each is what passed of what was judged, in per cent, cut and never rounded up, so that 100 means all. "
            "What cannot be judged has no figure and says why. The overall score is the plain mean of the others. The "
            "measures follow GB/T 36344-2018."
        ),
    ),
    "ql_dimension": ("维度", "Dimension"),
    "ql_formula": ("怎样算", "How"),
    "ql_f_completeness": (
        "有值的单元格 ÷ 全部单元格；行数少于上一版本而没有说明的，再乘以行数之比",
        "cells with a value ÷ all cells; times the ratio of rows where a release lost rows without a word",
    ),
    "ql_f_accuracy": (
        "1 − 存疑的值 ÷ 有值的单元格；错误的值不能发布",
        "1 − doubtful values ÷ cells with a value; wrong ones can’t be published",
    ),
    "ql_f_timeliness": (
        "未逾期 100；逾期后随天数减少，满一个周期为 0；静态、不定期数据不评",
        "100 until overdue, then less each day down to 0 after a whole period; static and irregular data have none",
    ),
    "ql_f_consistency": (
        "核对规则、外键、关联关系成立的比例，和写法一致的值的比例，取平均",
        "the mean of how far declared checks, foreign keys and relations hold, and of values spelled alike",
    ),
    "ql_department": ("{name}：更新与质量", "{name}: timeliness and quality"),
    "ql_department_lead": (
        "{name}的每个数据集：更新状态、应更新日期、质量得分。逾期的排在前面。",
        "Every dataset of {name}: its state, its due day, its score; what is overdue comes first.",
    ),
    "ql_state": ("状态", "State"),
    "ql_due_on": ("应更新日期", "Due on"),
    "ql_score": ("总分", "Overall"),
    "ql_days_late": ("晚 {n} 天", "{n} days late"),
    "ql_more_rows": ("本页列出前 {n} 个，其余见文件。", "The first {n} stand here, the others in the file."),
    "ql_files": ("文件：", "Files: "),
    "ql_file_overdue": ("逾期清单", "overdue list"),
    "ql_file_all": ("全部数据集的状态和得分", "state and scores of all datasets"),
    "ql_file_timeliness": ("各部门更新情况", "timeliness by department"),
    "ql_file_scores": ("各部门得分", "scores by department"),
    "ql_sets": ("数据集", "Datasets"),
    "ql_reasons": ("理由", "Reasons"),
}
