"""Step render: pages from the catalogue and the hand-written pages.

Others call `build_shell` (once per content of site_src) and `render_site`.
"""

from portal.render.shell import Shell, build_shell
from portal.render.site import Rendered, RenderInput, render_late, render_site

__all__ = ["RenderInput", "Rendered", "Shell", "build_shell", "render_late", "render_site"]
