"""Words of the warnings about earlier releases: their bytes come from Git history, and may not be there."""

from __future__ import annotations

from portal.wording.shape import Text, Wording

WORDING: dict[str, Wording] = {
    "release-without-git": Wording(
        Text(
            "数据集“{title}”的历史版本 {release} 无法提供：这里没有可读的 Git 历史。",
            "The earlier release {release} of “{title}” can't be offered: there is no readable Git history here.",
        ),
        Text(
            "请在 Git 克隆的目录中构建，并确认已安装 git、构建账户对该目录有权限。",
            "Build inside a Git clone; make sure that git is installed and that the building account owns the folder.",
        ),
    ),
    "release-shallow": Wording(
        Text(
            "数据集“{title}”的历史版本 {release} 无法提供：这是浅克隆，取不到较早的文件。",
            "The earlier release {release} of “{title}” can't be offered: the clone is shallow and lacks older files.",
        ),
        Text("请运行 git fetch --unshallow 后重新构建。", "Run git fetch --unshallow, then build again."),
    ),
    "release-lost": Wording(
        Text(
            "数据集“{title}”的历史版本 {release} 无法提供：Git 历史中没有指纹为 {missing}… 的文件 {file}。",
            "The earlier release {release} of “{title}” can't be offered: Git has no {file} with digest {missing}….",
        ),
        Text(
            "请核对版本清单中的指纹；文件改过名或历史被改写时，请取回原来的提交。",
            "Check the digest in the list of releases; if the file was renamed or history rewritten, get it back.",
        ),
    ),
    "release-unreadable": Wording(
        Text(
            "数据集“{title}”的历史版本 {release} 无法提供：文件已取回，但当时和现在的表结构都不能读取它。",
            "The earlier release {release} of “{title}” can't be offered: neither the schema of then "
            "nor the present one reads the file.",
        ),
        Text(
            "请确认登记该版本的提交中，条目与数据文件是一致的。",
            "Make sure that entry and data file agree in the commit that registered this release.",
        ),
    ),
}
