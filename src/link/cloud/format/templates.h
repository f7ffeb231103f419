// Templates as Meta has them: reading the list, handing one in. Pure.
//
// Source: developers.facebook.com, WhatsApp Business Platform, "Templates", "Template management",
// and Graph API, whats-app-business-account/message_templates.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "core/templates/requests.h"

namespace parley::link::cloud::format {

// For `fields` of the list.
inline constexpr std::string_view kTemplateFields =
    "id,name,language,status,category,components,rejected_reason";
inline constexpr std::size_t kMaxTemplatesOfPage = 1000;

// A template of the list, or by its id. `namespace_id` stays empty: it is the account's
// (message_template_namespace). nullopt: it is removed, and belongs into no list.
base::Result<std::optional<core::Template>> ReadTemplate(const base::json::value& value);

// One page of GET /{business-account-id}/message_templates.
struct TemplatePage {
  std::vector<core::Template> templates;
  std::string after;                // the cursor of the next page; empty: it was the last
  std::vector<base::Error> faults;  // of templates that could not be read, with their paths
};
base::Result<TemplatePage> ReadTemplatePage(const base::json::object& body);

// The body of POST /{business-account-id}/message_templates, and its answer.
base::json::object TemplateBody(const core::CreateTemplate& wanted);
base::Result<core::Template> ReadCreated(const core::CreateTemplate& wanted,
                                         const base::json::object& body);

// What an event or status of a template means to the core; nullopt: nothing changes by it, or
// nobody here knows it.
std::optional<core::TemplateStatus> StatusOfEvent(std::string_view event);
// Categories that Meta does not have any more belong to those that took their place.
core::TemplateCategory CategoryOfTemplate(std::string_view name);
// core::Template::rejected_reason: Meta's reason, or the event where that says more.
std::string ReasonOf(core::TemplateStatus status, std::string_view event, std::string_view reason);

}  // namespace parley::link::cloud::format
