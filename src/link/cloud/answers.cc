// CloudLink: requests. Each is one or a few requests to Graph; what Cloud API does not have is
// refused.
#include <fmt/format.h>

#include "core/contacts/resolve.h"
#include "core/messages/message_store.h"
#include "http/forms.h"
#include "link/cloud/format/content_out.h"
#include "link/cloud/format/errors.h"
#include "link/cloud/format/number.h"
#include "link/cloud/format/profile.h"
#include "link/cloud/format/templates.h"
#include "link/cloud/link.h"

namespace parley::link::cloud {
namespace {

// Pages of 100; a business account holds 6,000 templates at most.
constexpr int kMaxTemplatePages = 60;

using Answer = base::Result<core::LinkAnswer>;
using GraphMethod = base::Task<GraphAnswer> (*)(std::shared_ptr<const Graph>, std::string,
                                                base::json::object, base::Duration);

base::Task<GraphAnswer> GetFrom(std::shared_ptr<const Graph> graph, std::string path,
                                base::json::object, base::Duration limit) {
  return graph->Get(std::move(path), limit);
}
base::Task<GraphAnswer> PostTo(std::shared_ptr<const Graph> graph, std::string path,
                               base::json::object body, base::Duration limit) {
  return graph->Post(std::move(path), std::move(body), limit);
}
base::Task<GraphAnswer> DeleteFrom(std::shared_ptr<const Graph> graph, std::string path,
                                   base::json::object body, base::Duration limit) {
  return graph->Delete(std::move(path), std::move(body), limit);
}

base::Error ErrorOf(const GraphAnswer& answer) {
  switch (answer.kind) {
    case GraphAnswer::Kind::kRefused:
      return format::ErrorOf(format::ReadGraphError(answer.status, answer.body));
    case GraphAnswer::Kind::kNotSent:
      return base::Error(base::ErrorCode::kUnavailable, answer.reason);
    case GraphAnswer::Kind::kNoAnswer:
    case GraphAnswer::Kind::kDone:
      break;
  }
  return base::Error(base::ErrorCode::kTimeout, answer.reason);
}

base::Error NotOffered(std::string_view what) {
  return base::Error(base::ErrorCode::kNotSupported, fmt::format("The Cloud API has no {}", what));
}

// What is asked of Cloud API and cannot be had of it, in words for people.
struct Refusal {
  std::string_view operator()(const core::CheckNumbers&) const { return "check of numbers"; }
  std::string_view operator()(const core::ShowPresence&) const { return "presence"; }
  std::string_view operator()(const core::SaveContact&) const { return "address book"; }
  std::string_view operator()(const core::FetchPicture&) const { return "pictures of others"; }
  std::string_view operator()(const core::ListGroups&) const { return kGroups; }
  std::string_view operator()(const core::GetGroup&) const { return kGroups; }
  std::string_view operator()(const core::FindInvitedGroup&) const { return kGroups; }
  std::string_view operator()(const core::CreateGroup&) const { return kGroups; }
  std::string_view operator()(const core::ChangeParticipants&) const { return kGroups; }
  std::string_view operator()(const core::ChangeGroup&) const { return kGroups; }
  std::string_view operator()(const core::LeaveGroup&) const { return kGroups; }
  std::string_view operator()(const core::GetInviteCode&) const { return kGroups; }
  std::string_view operator()(const core::JoinGroup&) const { return kGroups; }
  std::string_view operator()(const core::ListNewsletters&) const { return kNewsletters; }
  std::string_view operator()(const core::GetNewsletter&) const { return kNewsletters; }
  std::string_view operator()(const core::FindInvitedNewsletter&) const { return kNewsletters; }
  std::string_view operator()(const core::CreateNewsletter&) const { return kNewsletters; }
  std::string_view operator()(const core::FollowNewsletter&) const { return kNewsletters; }
  std::string_view operator()(const core::MuteNewsletter&) const { return kNewsletters; }

  static constexpr std::string_view kGroups = "groups of this kind";
  static constexpr std::string_view kNewsletters = "newsletters";
};

}  // namespace

// One request of a program: its parts share the time that it may take.
class CloudLink::Asking {
 public:
  Asking(CloudLink& link, base::Duration limit)
      : link_(link), end_(link.scheduler_.Monotonic() + limit) {}

  base::Task<Answer> operator()(core::SetBlocked asked) {
    if (asked.who.kind != core::AddressKind::kPhone) co_return base::ErrorCode::kNotOnNetwork;
    const GraphMethod method = asked.blocked ? &PostTo : &DeleteFrom;
    base::json::object body = format::BlockBody(asked.who.value);
    const GraphAnswer answer = co_await Call(method, OfNumber("/block_users"), std::move(body));
    if (!answer.done()) co_return ErrorOf(answer);
    PARLEY_CO_CHECK(format::ReadBlockAnswer(answer.body));
    co_return core::LinkAnswer(core::Done());
  }

  base::Task<Answer> operator()(core::MarkRead asked) {
    for (const std::string& link_id : asked.link_ids) {
      const bool typing = asked.typing && &link_id == &asked.link_ids.back();
      base::json::object body = format::ReadBody(link_id, typing);
      const GraphAnswer answer = co_await Call(&PostTo, OfNumber("/messages"), std::move(body));
      // Of a message that Meta does not know (any more) nothing need be done.
      if (!answer.done() && answer.kind != GraphAnswer::Kind::kRefused) co_return ErrorOf(answer);
    }
    co_return core::LinkAnswer(core::Done());
  }

  // Meta marks what came before it as well.
  base::Task<Answer> operator()(core::ReadChat asked) {
    PARLEY_CO_TRY(last, co_await LastFrom(asked.chat));
    core::MarkRead read;
    if (!last.empty()) read.link_ids.push_back(last);
    co_return co_await (*this)(std::move(read));
  }

  base::Task<Answer> operator()(core::RejectCall asked) {
    base::json::object body;
    body["messaging_product"] = "whatsapp";
    body["call_id"] = base::JsonView(asked.call);
    body["action"] = "reject";
    co_return DoneIf(co_await Call(&PostTo, OfNumber("/calls"), std::move(body)));
  }

  base::Task<Answer> operator()(core::GetProfile) {
    const std::string path = OfNumber("/whatsapp_business_profile?fields=");
    const GraphAnswer answer = co_await Get(path + std::string(format::kProfileFields));
    if (!answer.done()) co_return ErrorOf(answer);
    PARLEY_CO_TRY(read, format::ReadProfile(answer.body));
    // The name stands with the number.
    const GraphAnswer number = co_await Get(OfNumber("?fields=verified_name"));
    if (number.done()) read.profile.push_name = base::FindText(number.body, "verified_name");
    if (!read.picture_url.empty())
      read.profile.picture = co_await link_.media_.TakePicture(read.picture_url);
    co_return core::LinkAnswer(std::move(read.profile));
  }

  base::Task<Answer> operator()(core::ChangeProfile asked) {
    // Its faults first: an upload is of no use then.
    PARLEY_CO_TRY(body, format::ProfileBody(asked, ""));
    if (asked.picture) {
      core::MediaRef picture = *asked.picture;
      PARLEY_CO_TRY(given, co_await link_.media_.GivePicture(std::move(picture)));
      if (given.id.empty()) co_return ErrorOf(given.answer);
      PARLEY_CO_TRY(whole, format::ProfileBody(asked, given.id));
      body = std::move(whole);
    }
    co_return DoneIf(
        co_await Call(&PostTo, OfNumber("/whatsapp_business_profile"), std::move(body)));
  }

  base::Task<Answer> operator()(core::ListTemplates) {
    core::ListTemplates::Answer templates;
    std::string after;
    for (int pages = 0; pages < kMaxTemplatePages; ++pages) {
      std::string path = OfAccount("/message_templates?limit=100&fields=");
      path += format::kTemplateFields;
      if (!after.empty()) path += "&after=" + http::PercentEncode(after);
      const GraphAnswer answer = co_await Get(std::move(path));
      if (!answer.done()) co_return ErrorOf(answer);
      PARLEY_CO_TRY(page, format::ReadTemplatePage(answer.body));
      std::move(page.templates.begin(), page.templates.end(), std::back_inserter(templates));
      after = std::move(page.after);
      if (after.empty()) break;
    }
    const GraphAnswer account = co_await Get(OfAccount("?fields=message_template_namespace"));
    if (account.done())
      for (core::Template& one : templates)
        one.namespace_id = base::FindText(account.body, "message_template_namespace");
    co_return core::LinkAnswer(std::move(templates));
  }

  base::Task<Answer> operator()(core::CreateTemplate asked) {
    base::json::object body = format::TemplateBody(asked);
    const GraphAnswer answer =
        co_await Call(&PostTo, OfAccount("/message_templates"), std::move(body));
    if (!answer.done()) co_return ErrorOf(answer);
    PARLEY_CO_TRY(created, format::ReadCreated(asked, answer.body));
    co_return core::LinkAnswer(std::move(created));
  }

  base::Task<Answer> operator()(core::RemoveTemplate asked) {
    const std::string path =
        OfAccount("/message_templates?name=" + http::PercentEncode(asked.name));
    base::json::object nothing;
    co_return DoneIf(co_await Call(&DeleteFrom, path, std::move(nothing)));
  }

  base::Task<Answer> operator()(core::GetCommerce) {
    const GraphAnswer answer = co_await Get(OfNumber("/whatsapp_commerce_settings"));
    if (!answer.done()) co_return ErrorOf(answer);
    PARLEY_CO_TRY(commerce, format::ReadCommerce(answer.body));
    co_return core::LinkAnswer(std::move(commerce));
  }

  base::Task<Answer> operator()(core::SetCommerce asked) {
    base::json::object body = format::CommerceBody(asked);
    co_return DoneIf(
        co_await Call(&PostTo, OfNumber("/whatsapp_commerce_settings"), std::move(body)));
  }

  template <class Asked>
  requires std::invocable<Refusal, const Asked&> base::Task<Answer>
  operator()(Asked asked) { co_return NotOffered(Refusal()(asked)); }

 private:
  // Requests come only while the link is connected, so that there are credentials.
  std::string OfNumber(std::string_view edge) const {
    return link_.credentials()->phone_number_id + std::string(edge);
  }
  std::string OfAccount(std::string_view edge) const {
    return link_.credentials()->business_account_id + std::string(edge);
  }
  base::Task<GraphAnswer> Get(std::string path) { return Call(&GetFrom, std::move(path), {}); }
  base::Task<GraphAnswer> Call(GraphMethod method, std::string path, base::json::object body) {
    const auto left = std::max(
        std::chrono::ceil<base::Duration>(end_ - link_.scheduler_.Monotonic()), base::Duration(1));
    Uplink::Ask ask = [=, body = std::move(body)](std::shared_ptr<const Graph> graph) {
      return method(std::move(graph), path, body, left);
    };
    GraphAnswer answer = co_await link_.uplink_.Run(std::move(ask));
    link_.LearnFrom(answer, CloudLink::Asked::kSomethingElse);
    co_return answer;
  }
  static Answer DoneIf(const GraphAnswer& answer) {
    if (!answer.done()) return ErrorOf(answer);
    PARLEY_CHECK(format::ReadSuccess(answer.body));
    return core::LinkAnswer(core::Done());
  }
  // What Meta calls the newest message that came in this chat; empty: there is none among the last.
  base::Task<base::Result<std::string>> LastFrom(core::Address with) {
    auto read = [channel = link_.channel_,
                 with](const core::Transaction& tx) -> base::Result<std::string> {
      PARLEY_TRY(chat, core::FindChatWith(tx, channel, with));
      if (!chat) return std::string();
      core::MessageStore::Page page;
      page.channel = channel.row;
      page.chat = chat->row;
      PARLEY_TRY(messages, tx.messages().List(channel.account, page));
      for (const core::MessageInChat& found : messages)
        if (found.message.direction == core::Direction::kIn) return found.message.link_id;
      return std::string();
    };
    co_return co_await link_.parts_.store.Read(std::move(read));
  }

  CloudLink& link_;
  const base::Microseconds end_;
};

base::Task<base::Result<core::LinkAnswer>> CloudLink::Request(core::LinkRequest request,
                                                              base::Duration limit) {
  Asking asking(*this, limit);
  base::Task<Answer> answer =
      std::visit([&](auto& asked) { return asking(std::move(asked)); }, request);
  co_return co_await std::move(answer);
}

}  // namespace parley::link::cloud
