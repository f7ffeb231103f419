// The templates of a channel's number. The network keeps them.
#include "core/templates/templates.h"

#include "admin/addresses.h"
#include "admin/body.h"
#include "admin/handlers.h"
#include "admin/people_schema.h"

namespace parley::admin {
namespace {

TemplateView ViewOf(const core::Template& subject) {
  TemplateView view;
  view.template_id = subject.id;
  view.name = subject.name;
  view.language = subject.language;
  view.category = NameOf(subject.category);
  view.status = NameOf(subject.status);
  if (!subject.rejected_reason.empty() && subject.rejected_reason != "NONE")
    view.reason = subject.rejected_reason;
  view.components = subject.components;
  return view;
}

}  // namespace

HandlerResult ListTemplates(Call& call) {
  PARLEY_CO_TRY(owned, co_await ChannelAndAccount(call));
  PARLEY_CO_TRY(templates, co_await call.core.templates.List(owned.channel));
  TemplateList list;
  for (const core::Template& subject : templates) list.templates.push_back(ViewOf(subject));
  co_return Reply(200, list);
}

HandlerResult CreateTemplate(Call& call) {
  PARLEY_CO_TRY(owned, co_await ChannelAndAccount(call));
  PARLEY_CO_TRY(body, ReadBody<NewTemplateBody>(call.request));
  core::CreateTemplate wanted;
  wanted.name = std::move(body.fields.name);
  wanted.language = std::move(body.fields.language);
  wanted.category = body.fields.category;
  wanted.components = std::move(body.fields.components);
  PARLEY_CO_TRY(created, co_await call.core.templates.Create(owned.channel, std::move(wanted)));
  co_return Reply(201, ViewOf(created));
}

HandlerResult DeleteTemplate(Call& call) {
  PARLEY_CO_TRY(owned, co_await ChannelAndAccount(call));
  std::string name = call.match["name"];
  auto removed = co_await call.core.templates.Remove(owned.channel, std::move(name));
  PARLEY_CO_CHECK(Named(std::move(removed), "template"));
  co_return NoContent();
}

}  // namespace parley::admin
