from django.urls import path

from paicha.campaigns.deployment import views

urlpatterns = [
    path("campaigns", views.all_, name="campaigns"),
    path("campaigns/new", views.new, name="campaign-new"),
    path("campaigns/<uuid:campaign_id>/move", views.move, name="campaign-move"),
    path("campaigns/<uuid:campaign_id>/close", views.close, name="campaign-close"),
    path("campaigns/<uuid:campaign_id>/notice", views.notice, name="campaign-notice"),
    path("campaigns/<uuid:campaign_id>/notice/attach", views.attach_notice, name="campaign-notice-attach"),
    path("campaigns/<uuid:campaign_id>/take-in", views.take_in, name="campaign-take-in"),
    path("units/<uuid:unit_id>/plan", views.plan, name="unit-plan"),
    path("units/<uuid:unit_id>/plan.docx", views.plan_document, name="unit-plan-document"),
    path("units/<uuid:unit_id>/look-back/ask", views.ask_look_back, name="unit-look-back-ask"),
    path("units/<uuid:unit_id>/look-back/withdraw", views.withdraw_look_back, name="unit-look-back-withdraw"),
]
