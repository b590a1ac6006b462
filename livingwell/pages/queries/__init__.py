"""A page as a whole, put together from the apps that keep its parts, each as far as the viewer may see it."""

from livingwell.pages.queries.timeline import A_PAGE, Happened, timeline
from livingwell.pages.queries.whole import InTouch, Sharing, Whole, in_touch, whole

__all__ = ["A_PAGE", "Happened", "InTouch", "Sharing", "Whole", "in_touch", "timeline", "whole"]
