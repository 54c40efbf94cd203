"""Words of the graph of relations."""

from __future__ import annotations

ROWS: dict[str, tuple[str, str]] = {
    "relations_see": ("在数据关系图谱中看各数据集怎样关联", "See how the datasets relate in the graph of relations"),
    "relations": ("数据关系图谱", "How the data relate"),
    "relations_description": (
        "哪些数据集可以按同一个代码合并、哪些是另一个的一部分，以及核对数据的结果。",
        "Which datasets share a key, are a part of another or come from it, and what checking the data found.",
    ),
    "relations_lead": (
        "{sets} 个数据集之间有 {ties} 条关系。有对应列的，发布前用数据逐行核对，结果写在每条关系后面。",
        "{ties} relations between {sets} datasets. Where columns are named, the rows were matched before publication.",
    ),
    "relations_domain": ("数据关系图谱：{domain}", "How the data relate: {domain}"),
    "relations_graph": ("关系图", "Graph"),
    "relations_graph_label": (
        "数据集关系图，每个方框是一个数据集；下面的清单说的是同样的内容",
        "Graph of datasets, each box a dataset; the list below says the same",
    ),
    "relations_kinds": ("关系的种类", "Kinds of relation"),
    "relations_hint": (
        "指向一个方框（触屏上点一下），或用 Tab 键移到它，看它与谁有关；打开方框（触屏上再点一下）就到数据集的页面。",
        "Point to a box (or tap it), or reach it with Tab, to see its relations; open it (or tap again) for its page.",
    ),
    "relations_outside": ("虚线框的数据集属于别的领域。", "Dashed boxes belong to another domain."),
    "relations_chosen": ("选中的数据集", "The chosen dataset"),
    "relations_open": ("打开数据集页面", "Open the dataset's page"),
    "relations_scroll": ("图比屏幕宽，可以左右滑动。", "The graph is wider than the screen; it scrolls sideways."),
    "relations_list": ("关系清单", "List of relations"),
    "relations_too_many": (
        "这里有 {n} 个数据集，画在一张图里看不清，所以只列清单。",
        "{n} datasets would not be legible in one graph, so they are listed only.",
    ),
    "relations_by_domain": ("按领域看", "By domain"),
    "relations_count": ("关系", "Relations"),
    "relations_sets": ("数据集", "Datasets"),
    "relations_none": (
        "目前没有数据集写明与其他数据集的关系。",
        "No dataset tells yet how it relates to another one.",
    ),
    "relations_none_next": ("全部数据集见", "For all datasets see "),
    "relations_columns": ("对应列", "Columns"),
    "relations_found": ("核对结果", "Matched rows"),
    "relations_note": ("说明", "Note"),
    "relations_share": ("{matched} / {rows} 行对得上（{percent}%）", "{matched} of {rows} rows match ({percent}%)"),
    "relations_share_back": (
        "反过来 {matched} / {rows} 行（{percent}%）",
        "{matched} of {rows} rows the other way ({percent}%)",
    ),
    "relations_each_row": ("每一行都对得上，否则不能发布", "every row, or it could not have been published"),
    "relations_hidden": (
        "一方的数据不公开，这里不能核对",
        "not checked here: the rows of one side are not public",
    ),
    "relations_join": ("在查询页合并", "Join on the query page"),
    "relations_foreign-key": ("引用", "Refers to"),
    "relations_page_of": ("第 {n} 页，共 {of} 页", "Page {n} of {of}"),
}
