#include "sim/control/handlers.h"
#include "sim/control/life_schema.h"

namespace parley::sim::control {

Answer ListTemplates(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(templates, call.network.ListTemplates(number));
  ShownTemplates shown;
  shown.template_namespace = network::TemplateNamespaceOf(number);
  shown.templates = std::move(templates);
  return Reply(200, shown);
}

Answer CreateTemplate(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(known, call.network.FindPerson(number));
  PARLEY_TRY(body, call.Body<TemplateBody>());
  network::TemplateDraft draft;
  draft.name = std::move(body.name);
  draft.language = std::move(body.language);
  draft.category = body.category;
  draft.components = std::move(body.components);
  PARLEY_TRY(created, call.network.CreateTemplate({number, ""}, std::move(draft)));
  return Reply(201, created);
}

Answer RemoveTemplate(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_CHECK(call.network.RemoveTemplate({number, ""}, call.Parameter("name")));
  return NoContent();
}

Answer ReviewTemplate(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(body, call.Body<ReviewBody>());
  PARLEY_CHECK(call.network.ReviewTemplate(number, call.Parameter("name"),
                                           body.language.value_or(""), body.status,
                                           body.reason.value_or("")));
  return ListTemplates(call);
}

Answer GetCommerce(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(commerce, call.network.CommerceOf(number));
  return Reply(200, commerce);
}

Answer SetCommerce(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(known, call.network.FindPerson(number));
  PARLEY_TRY(body, call.Body<network::Commerce>());
  PARLEY_CHECK(call.network.SetCommerce({number, ""}, body));
  return GetCommerce(call);
}

}  // namespace parley::sim::control
