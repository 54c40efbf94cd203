#!/bin/sh
# Makes sure that a Chromium and a Chinese font are there for the browser tests; Debian and Ubuntu only install by themselves.
set -eu
have_browser() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }
have_font() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh-cn 2>/dev/null | head -n 1)" ]; }
if have_browser && have_font; then exit 0; fi
echo "== 安装浏览器测试所需的 Chromium 和中文字体 · installing Chromium and a Chinese font for the browser tests"
if ! command -v apt-get >/dev/null 2>&1; then
  echo "No apt-get here: please install Chromium and a Chinese font (for example Noto Sans CJK), then run make test again." >&2
  exit 1
fi
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo"
if [ -n "$as_root" ] && ! command -v sudo >/dev/null 2>&1; then
  echo "Please run as root: apt-get install chromium fonts-noto-cjk fontconfig. Then run make test again." >&2
  exit 1
fi
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig >/dev/null
