// Notices: what devices hear besides messages and receipts. A notice is also how that thing
// happens: applying its record changes the State and puts it into the queues of its devices, so
// that one cannot survive without the other.
//
// To add one: a struct with kName and Fields() in the header of its topic, its name in
// NoticeContent, and an overload of State::Step::Happened (state_step.h) that says what it changes.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/fields.h"
#include "sim/network/calls.h"
#include "sim/network/chats.h"
#include "sim/network/commerce.h"
#include "sim/network/contacts.h"
#include "sim/network/group.h"
#include "sim/network/newsletter.h"
#include "sim/network/person.h"
#include "sim/network/templates.h"

namespace parley::sim::network {

using NoticeVariant =
    std::variant<GroupChanged, GroupParticipantsChanged, JoinRequestChanged, GroupMuted,
                 NewsletterCreated, NewsletterFollowed, ProfileChanged, ContactChanged,
                 BlockChanged, CallChanged, ChatChanged, TemplateChanged, CommerceChanged>;
// A type of its own so that its special members are compiled once.
struct NoticeContent : NoticeVariant {
  using NoticeVariant::variant;
  using NoticeVariant::operator=;
  NoticeContent() noexcept;
  NoticeContent(const NoticeContent&);
  NoticeContent(NoticeContent&&) noexcept;
  NoticeContent& operator=(const NoticeContent&);
  NoticeContent& operator=(NoticeContent&&) noexcept;
  ~NoticeContent();
};

std::string_view NameOf(const NoticeContent& content);

// {"kind": kName, ...}. These make NoticeContent a member type of base/fields.h.
void AppendJsonForm(std::string& out, const NoticeContent& content);
bool ReadJsonForm(const base::json::value& value, NoticeContent& out);

// A group's invite code is for its admins alone.
NoticeContent AsSeenBy(std::string_view number, NoticeContent content);

struct Notice {
  base::Time at;  // when it happened
  NoticeContent content;
};

}  // namespace parley::sim::network
