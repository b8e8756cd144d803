"""The page of results: each area shows what the reader may see, and nothing else."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from nerima_privacy.search import providers


@require_safe
def results(request):
    """Everybody who logs in; what is found is limited by each area's `visible_to`."""
    typed = request.GET.get("q", "")
    q = providers.normalised(typed)
    groups = providers.search(request.user, request.holdings, q) if q else []
    context = {"q": typed[: providers.LONGEST], "words": q, "groups": groups, "cut": len(typed) > providers.LONGEST}
    return render(request, "search/results.html", context)
