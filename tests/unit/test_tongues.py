"""Chinese on English pages is marked as such, once, and nothing else is."""

from __future__ import annotations

import pytest

from portal.tongues import mark_chinese


@pytest.mark.parametrize(
    ("given", "marked"),
    [
        ("<td>城区公厕</td>", '<td lang="zh-CN">城区公厕</td>'),
        ("<p>Run by 运营岗（示范）<br>Tel 1</p>", '<p>Run by <span lang="zh-CN">运营岗（示范）</span><br>Tel 1</p>'),
        ("<td>CSV 文件</td>", '<td>CSV <span lang="zh-CN">文件</span></td>'),
        (
            '<a class="x">〔2023〕5号 &amp; 说明</a>',
            '<a class="x" lang="zh-CN">〔2023〕5号 &amp; 说明</a>',
        ),
        ('<option value="a">CSV 苏州</option>', '<option value="a" lang="zh-CN">CSV 苏州</option>'),
        ("<p><b>A</b>中文 b</p>", '<p><b>A</b><span lang="zh-CN">中文</span> b</p>'),
        ("<p>“同里”、“周庄” towns</p>", '<p><span lang="zh-CN">“同里”、“周庄”</span> towns</p>'),
        ("<pre>title: 公园</pre>", '<pre lang="zh-CN">title: 公园</pre>'),
        ('<input value="中"> 文<i>x</i>', '<input value="中"> <span lang="zh-CN">文</span><i>x</i>'),
        ("<p>No Chinese: “quoted”, café</p>", "<p>No Chinese: “quoted”, café</p>"),
        ('<script type="application/ld+json">"中"</script>', '<script type="application/ld+json">"中"</script>'),
        ('<th title="中">A</th>', '<th title="中">A</th>'),
    ],
)
def test_chinese_is_marked_where_it_stands(given: str, marked: str) -> None:
    assert mark_chinese(given) == marked
    assert mark_chinese(marked) == marked


def test_what_stands_inside_something_marked_is_left_alone() -> None:
    page = '<div lang="zh-CN"><p>中</p><div>文</div><br>字</div><p>外</p>'
    assert mark_chinese(page) == page.replace("<p>外", '<p lang="zh-CN">外')


def test_an_element_in_another_language_is_not_called_chinese() -> None:
    assert mark_chinese('<p lang="ja">日本</p>') == '<p lang="ja">日本</p>'
