"""The judge of valid HTML finds what the Nu checker finds, each fault planted in a page that is valid without it."""

from __future__ import annotations

import pytest

from tests.markup import faults

PAGE = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>页</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="description" content="说明"></head>'
    "<body><main><h1>页</h1><!--here--></main></body></html>"
)


def test_a_valid_page_has_no_fault() -> None:
    more = (
        '<label for="a">名</label><input id="a"><a href="#a">去</a><ul><li>一</li></ul><time datetime="2026-11-22">今天</time>'
        '<fieldset><legend>选</legend><label><input type="radio"> 甲</label></fieldset><h2>节</h2>'
        '<template><a href=""></a></template><table><tr><th>头</th></tr></table><details><summary>看</summary><p>多</p></details>'
    )
    assert faults(PAGE.replace("<!--here-->", more)) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("<p><div>块</div></p>", "p"),
        ('<b id="x"></b><b id="x"></b>', "stands 2 times"),
        ('<a href="#nowhere">去</a>', "#nowhere"),
        ('<p aria-labelledby="nobody">字</p>', "nobody"),
        ("<input>", "no label"),
        ('<input type="search" aria-label="找" role="combobox">', "combobox"),
        ('<a href="/"><button type="button">按</button></a>', "interactive"),
        ("<ul><p>段</p></ul>", "stands in <ul>"),
        ("<li>项</li>", "stands in <main>"),
        ("<span><div>块</div></span>", "a block in <span>"),
        ("<h3>跳级</h3>", "<h3> follows <h1>"),
        ("<h1>又一个</h1>", "2 <h1>"),
        ("<center>中</center>", "obsolete"),
        ('<p align="left">左</p>', "align"),
        ('<p style="color:red">红</p>', "inline style"),
        ('<p onclick="x()">点</p>', "inline onclick"),
        ('<img src="/x.png">', "no alt"),
        ("<time>昨天</time>", "no time"),
        ("<button></button>", "empty"),
        ('<select aria-label="选"><option value=""></option></select>', "empty"),
        ("<fieldset><p>无题</p></fieldset>", "legend"),
        ('<p class="a" class="b">两次</p>', "attribute"),
        ("<table><div>漏</div></table>", "table"),
        ("<b><i>错</b></i>", "line 1"),
        ("&nosuch;", "line 1"),
    ],
)
def test_each_fault_is_found(wrong: str, said: str) -> None:
    found = faults(PAGE.replace("<!--here-->", wrong))
    assert any(said in one for one in found), found
