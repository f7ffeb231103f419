// Templates of a business account. The network keeps them by number: those of an account are those
// of its first number, and what is done is done to all of them.
#include <fmt/format.h>

#include <algorithm>

#include "sim/graph/fields_query.h"
#include "sim/graph/handlers.h"
#include "sim/graph/paging.h"

namespace parley::sim::graph {
namespace {

using base::json::object;

constexpr std::string_view kTemplateFields =
    "name,parameter_format,components,language,status,category";
constexpr int kNameResting = 2388023, kTemplateExists = 2388024, kTemplateInvalid = 2388293;

struct NewTemplateBody {
  std::string name, language;
  net::TemplateCategory category = net::TemplateCategory::kUtility;
  base::json::value components;
  std::optional<bool> allow_category_change;
  std::optional<std::string> parameter_format;
  std::optional<std::int64_t> message_send_ttl_seconds;
  static constexpr auto Fields() {
    using base::Optional;
    using base::Required;
    using B = NewTemplateBody;
    return base::FieldList(
        Required("name", &B::name, base::MinLength(1), base::MaxLength(512)),
        Required("language", &B::language, base::MinLength(1), base::MaxLength(20)),
        Required("category", &B::category), Required("components", &B::components),
        Optional("allow_category_change", &B::allow_category_change),
        Optional("parameter_format", &B::parameter_format, base::MaxLength(20)),
        Optional("message_send_ttl_seconds", &B::message_send_ttl_seconds));
  }
};

std::string UpperCase(std::string_view text) {
  std::string upper(text);
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return upper;
}

// Graph takes types and formats in any letter case, and shows them in capitals.
void ToCapitals(base::json::value& value) {
  if (base::json::array* list = value.if_array())
    for (base::json::value& item : *list) ToCapitals(item);
  base::json::object* object = value.if_object();
  if (object == nullptr) return;
  for (const char* name : {"type", "format", "otp_type"})
    if (auto* member = object->if_contains(name); member != nullptr && member->is_string())
      *member = base::JsonView(UpperCase(base::FindText(*object, name)));
  for (const char* name : {"buttons", "cards", "components"})
    if (auto* member = object->if_contains(name)) ToCapitals(*member);
}

object TemplateMembers(const net::Template& subject) {
  object all, quality;
  quality["score"] = "UNKNOWN";
  all["id"] = base::JsonView(subject.id);
  all["name"] = base::JsonView(subject.name);
  all["language"] = base::JsonView(subject.language);
  all["status"] = base::JsonView(UpperCase(NameOf(subject.status)));
  all["category"] = base::JsonView(NameOf(subject.category));
  all["components"] = subject.components;
  all["parameter_format"] = "POSITIONAL";
  all["rejected_reason"] = base::JsonView(subject.rejected_reason);
  all["quality_score"] = std::move(quality);
  all["library_template_name"] = nullptr;
  return all;
}

GraphError TemplateError(int subcode, std::string_view message, std::string details) {
  GraphError error{kInvalidParameter};
  error.subcode = subcode;
  error.message = message;
  error.details = std::move(details);
  return error;
}

GraphError ErrorOfTemplate(const base::Error& error) {
  std::string details(error.public_text());
  for (const base::FieldFault& fault : error.faults) {
    details = fault.path + ": " + fault.text;
    break;
  }
  switch (error.code) {
    case base::ErrorCode::kAlreadyExists:
      return TemplateError(kTemplateExists, "Invalid parameter", std::move(details));
    case base::ErrorCode::kInvalidState:
      return TemplateError(kNameResting, "Invalid parameter", std::move(details));
    default:
      return TemplateError(kTemplateInvalid, "Invalid parameter", std::move(details));
  }
}

// Of the account's first number; none when it has no number.
Outcome<std::vector<net::Template>> TemplatesOf(const Call& call, const Account& account) {
  const auto numbers = call.parts.registry.NumbersOf(account.id);
  if (numbers.empty()) return std::vector<net::Template>();
  auto listed = call.parts.network.ListTemplates(numbers.front()->number);
  if (!listed) return GraphError{kServiceTrouble};
  return std::move(*listed);
}

bool IsAskedFor(const Call& call, const object& row, std::string_view parameter,
                std::string_view member) {
  const std::optional<std::string> wanted = call.Query(parameter);
  return !wanted || wanted->empty() || base::FindText(row, member) == *wanted;
}

}  // namespace

base::Task<Answer> CreateTemplate(const Call* call) {
  PARLEY_CO_TRY(account, call->AccountNode());
  PARLEY_CO_TRY(body, call->ReadBody<NewTemplateBody>());
  if (body.parameter_format && UpperCase(*body.parameter_format) != "POSITIONAL")
    co_return InvalidParameter("Param parameter_format: only POSITIONAL is simulated.");
  ToCapitals(body.components);
  std::optional<net::Template> created;
  for (const Number* number : call->parts.registry.NumbersOf(account->id)) {
    net::TemplateDraft draft;
    draft.name = body.name;
    draft.language = body.language;
    draft.category = body.category;
    draft.components = body.components;
    const net::Actor self{number->number, number->device};
    auto made = call->parts.network.CreateTemplate(self, std::move(draft));
    if (!made && !created) co_return ErrorOfTemplate(made.error());
    if (!created) created = std::move(*made);
  }
  if (!created) co_return InvalidParameter("The account has no phone number.");
  object reply;
  reply["id"] = base::JsonView(created->id);
  reply["status"] = base::JsonView(UpperCase(NameOf(created->status)));
  reply["category"] = base::JsonView(NameOf(created->category));
  co_return Reply(reply);
}

base::Task<Answer> ListTemplates(const Call* call) {
  PARLEY_CO_TRY(account, call->AccountNode());
  PARLEY_CO_TRY(asked, ReadFields(call->Query("fields").value_or("")));
  PARLEY_CO_TRY(templates, TemplatesOf(*call, *account));
  const std::string part = call->Query("name_or_content").value_or("");
  std::vector<KeyedRow> rows;
  for (const net::Template& subject : templates) {
    const object all = TemplateMembers(subject);
    if (!IsAskedFor(*call, all, "name", "name") || !IsAskedFor(*call, all, "status", "status") ||
        !IsAskedFor(*call, all, "language", "language") ||
        !IsAskedFor(*call, all, "category", "category"))
      continue;
    if (subject.name.find(part) == std::string::npos &&
        base::ToText(subject.components).find(part) == std::string::npos)
      continue;
    PARLEY_CO_TRY(row, Select(all, asked, kTemplateFields, "MessageTemplate"));
    rows.emplace_back(subject.name + "\n" + subject.language, std::move(row));
  }
  co_return PageOf(*call, std::move(rows));
}

base::Task<Answer> DeleteTemplate(const Call* call) {
  PARLEY_CO_TRY(account, call->AccountNode());
  PARLEY_CO_TRY(templates, TemplatesOf(*call, *account));
  const std::string name = call->Query("name").value_or("");
  if (name.empty()) co_return InvalidParameter("The parameter name is required.");
  const std::optional<std::string> id = call->Query("hsm_id");
  std::string language;  // empty: all
  bool is_there = false;
  for (const net::Template& subject : templates) {
    if (subject.name != name || (id && subject.id != *id)) continue;
    is_there = true;
    if (id) language = subject.language;
  }
  if (!is_there)
    co_return TemplateError(2593002, "Invalid parameter", "There is no such message template");
  for (const Number* number : call->parts.registry.NumbersOf(account->id)) {
    const net::Actor self{number->number, number->device};
    (void)call->parts.network.RemoveTemplate(self, name, language);
  }
  co_return Success();
}

std::optional<Answer> TemplateAnswer(const Call& call) {
  for (const auto& [id, number] : call.parts.registry.numbers()) {
    const Account& account = *call.parts.registry.FindAccount(number.account);
    if (account.app != call.token.app) continue;
    const auto templates = TemplatesOf(call, account);
    if (!templates) return Answer(templates.error());
    for (const net::Template& subject : *templates) {
      if (subject.id != call.Parameter("id")) continue;
      const auto asked = ReadFields(call.Query("fields").value_or(""));
      if (!asked) return Answer(asked.error());
      auto row = Select(TemplateMembers(subject), *asked, kTemplateFields, "MessageTemplate");
      if (!row) return Answer(row.error());
      return Answer(Reply(*row));
    }
  }
  return std::nullopt;
}

}  // namespace parley::sim::graph
