#!/bin/sh
# Makes the virtual environment, or says in one sentence what the machine lacks:  sh .ci/venv.sh PYTHON FOLDER
set -eu
python=$1 folder=$2
say() { echo "== $1 · $2"; }
fail() {
  echo "$1" >&2
  echo "$2" >&2
  exit 1
}
is_whole() {
  "$folder/bin/python" -c 'import sys; sys.exit(sys.prefix == sys.base_prefix)' && "$folder/bin/python" -m pip --version
}
if is_whole >/dev/null 2>&1; then exit 0; fi
command -v "$python" >/dev/null 2>&1 || fail \
  "找不到 $python。请安装 Python 3.11 或更新版本，或用 make PYTHON=路径 指明。" \
  "There is no $python. Install Python 3.11 or newer, or say where it is: make PYTHON=…"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail \
  "需要 Python 3.11 或更新版本，这里是 $("$python" -V)。可用 make PYTHON=路径 指明另一个。" \
  "Kaishu needs Python 3.11 or newer, this is $("$python" -V). Name another one: make PYTHON=…"
"$python" -c 'import venv, ensurepip' 2>/dev/null || fail \
  "这个 Python 没有 venv。Debian、Ubuntu 请运行：sudo apt install python3-venv，然后重试。" \
  "This Python has no venv. On Debian and Ubuntu run: sudo apt install python3-venv, then try again."
say "建立 $folder" "making it with $("$python" -V)"
"$python" -m venv --clear "$folder"
