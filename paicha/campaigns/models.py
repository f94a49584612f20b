"""A campaign and all that belongs to it, each in the package that writes it."""

from paicha.campaigns.checking.models import MemberVerdict  # noqa: F401  models of this app, as those below
from paicha.campaigns.consulting.models import Consultation  # noqa: F401
from paicha.campaigns.deployment.models import Campaign, CampaignUnit, LookBack, PhaseMove, WorkPlan  # noqa: F401
from paicha.campaigns.education.models import Acknowledgement, Participation, Sending  # noqa: F401
from paicha.campaigns.kept import KeptFile  # noqa: F401
from paicha.campaigns.reporting.models import Submission, SubmissionFile, SubmissionLine  # noqa: F401
from paicha.campaigns.review.models import CommonFault, Decision, ReturnedCell  # noqa: F401
from paicha.campaigns.supervision.chasing.models import Chasing, ChasingAnswer  # noqa: F401
from paicha.campaigns.supervision.circulating.models import Circular  # noqa: F401
from paicha.campaigns.supervision.inspecting.models import Inspection, InspectionPerson, InspectionUnit  # noqa: F401
from paicha.campaigns.supervision.visiting.models import Visit  # noqa: F401
from paicha.campaigns.updating.models import Filing  # noqa: F401
