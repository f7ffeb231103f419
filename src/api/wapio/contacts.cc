// People: whether they are on WhatsApp, the account's contacts, blocks and presence.
#include "core/contacts/contacts.h"

#include "api/wapio/addresses.h"
#include "api/wapio/auth.h"
#include "api/wapio/contact_schema.h"
#include "api/wapio/handlers.h"
#include "api/wapio/query.h"
#include "base/text.h"
#include "core/chats/chats.h"
#include "core/media/media_source.h"
#include "http/body.h"

namespace parley::api::wapio {
namespace {

constexpr int kMostContacts = 10'000;

// A number or JID of the path, which has to be a person's.
base::Result<core::Address> PersonInPath(const Call& call, std::string_view parameter) {
  PARLEY_TRY(who, ParseRecipient(call.match[parameter], parameter));
  if (!who.is_person())
    return base::FieldError(std::string(parameter), "Must be a person's number or JID");
  return std::move(who);
}

template <class Body>
http::Response Reply(const Body& body) {
  return http::Response::Json(200, base::EncodeText(body));
}

http::Response Said(std::string message) { return Reply(MessageReply{std::move(message)}); }

// Of what the store knows. Asks nobody, so that a long list costs no questions.
Contact ContactOf(const core::Peer& peer) {
  Contact contact;
  contact.jid = contact.id = Jid(peer);
  contact.name = base::NonEmpty(peer.name);
  contact.notify = base::NonEmpty(peer.push_name);
  contact.verified_name = base::NonEmpty(peer.verified_name);
  if (!peer.phone.empty()) contact.phone_number = "+" + peer.phone;
  if (!peer.lid.empty()) contact.lid = Jid(core::Address{core::AddressKind::kLid, peer.lid});
  return contact;
}

// The body of a call that needs none.
base::Task<base::Result<core::ChannelPtr>> SessionOf(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<SessionOnlyBody>(call.request, http::kJsonBody, kRules));
  co_return co_await SelectSession(call, body.session_id);
}

HandlerResult SetBlocked(Call& call, bool blocked) {
  PARLEY_CO_TRY(session, co_await SessionOf(call));
  PARLEY_CO_TRY(who, PersonInPath(call, "contact"));
  PARLEY_CO_CHECK(co_await call.core.contacts.SetBlocked(session, std::move(who), blocked));
  co_return Said(blocked ? "Contact blocked" : "Contact unblocked");
}

// Whose number a LID is may be known to another session only: a session's own key is told of those
// with whom it has a chat.
base::Task<base::Result<core::Peer>> KnownPeer(Call& call, core::ChannelPtr session,
                                               core::Address who) {
  if (call.caller->credential.channel) {
    PARLEY_CO_TRY(row, co_await call.core.chats.Find(session, session->row, std::move(who)));
    co_return std::move(row.chat.peer);
  }
  PARLEY_CO_TRY(person, co_await call.core.contacts.Find(session->account, std::move(who)));
  co_return std::move(person.peer);
}

}  // namespace

base::Task<base::Result<core::Peer>> BothAddresses(Call& call, core::ChannelPtr session,
                                                   core::Address who) {
  auto known = co_await KnownPeer(call, session, who);
  if (known && !known->phone.empty() && !known->lid.empty()) co_return std::move(*known);
  PARLEY_CO_TRY(found, co_await call.core.contacts.Check(session, std::move(who)));
  if (!found.on_network) co_return base::ErrorCode::kNotFound;
  co_return std::move(found.peer);
}

HandlerResult CheckOnWhatsApp(Call& call) {
  PARLEY_CO_TRY(session, co_await SelectSession(call, std::nullopt));
  PARLEY_CO_TRY(who, PersonInPath(call, "phone"));
  PARLEY_CO_TRY(found, co_await call.core.contacts.Check(session, std::move(who)));
  OnWhatsApp reply;
  reply.exists = found.on_network;
  if (found.on_network) reply.jid = Jid(found.peer);
  co_return Reply(reply);
}

HandlerResult ListContacts(Call& call) {
  PARLEY_CO_TRY(wanted, QueryPage(call.request));
  PARLEY_CO_TRY(session, co_await SelectSession(call, std::nullopt));
  core::ContactStore::ContactPage page;
  page.limit = kMostContacts;
  page.of = session->row;
  PARLEY_CO_TRY(people, co_await call.core.contacts.List(session->account, std::move(page)));
  ContactList list;
  for (const core::Person& person : people) list.data.push_back(ContactOf(person.peer));
  if (wanted) co_return Reply(PartOf(std::move(list.data), *wanted));
  // COMPAT: npm wasenderapi 0.4.0 wants the list itself inside the envelope.
  const std::string text = base::EncodeText(list);
  constexpr std::string_view kBefore = "{\"data\":";
  if (call.caller->account.settings.wapio_envelope)
    co_return http::Response::Json(200,
                                   text.substr(kBefore.size(), text.size() - kBefore.size() - 1));
  co_return http::Response::Json(200, text);
}

HandlerResult PutContact(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<SavedContactBody>(call.request, http::kJsonBody, kRules));
  PARLEY_CO_TRY(session, co_await SelectSession(call, body.session_id));
  PARLEY_CO_TRY(who, ParseRecipient(body.phone, "phone"));
  PARLEY_CO_TRY(person, co_await call.core.contacts.Name(session->account, session, std::move(who),
                                                         body.name));
  co_return Reply(ContactOf(person.peer));
}

HandlerResult GetContact(Call& call) {
  PARLEY_CO_TRY(session, co_await SelectSession(call, std::nullopt));
  PARLEY_CO_TRY(who, PersonInPath(call, "contact"));
  auto known = co_await call.core.contacts.FindFor(session, who);
  if (!known && known.error().code != base::ErrorCode::kNotFound) co_return known.error();
  auto found = co_await call.core.contacts.Check(session, who);
  if (!known && !found) co_return found.error();
  if (!known && !found->on_network) co_return base::ErrorCode::kNotFound;
  Contact contact = ContactOf(known ? known->peer : found->peer);
  if (!found || !found->on_network) co_return Reply(contact);
  contact.status = base::NonEmpty(found->about);
  if (found->has_picture) {
    PARLEY_CO_TRY(picture, co_await call.core.contacts.Picture(session, std::move(who)));
    if (picture) contact.img_url = call.core.media_links.UrlOf(*picture);
  }
  co_return Reply(contact);
}

HandlerResult GetContactPicture(Call& call) {
  PARLEY_CO_TRY(session, co_await SelectSession(call, std::nullopt));
  PARLEY_CO_TRY(who, PersonInPath(call, "contact"));
  PARLEY_CO_TRY(picture, co_await call.core.contacts.Picture(session, std::move(who)));
  PictureReply reply;
  if (picture) reply.img_url = call.core.media_links.UrlOf(*picture);
  co_return Reply(reply);
}

HandlerResult BlockContact(Call& call) { return SetBlocked(call, true); }

HandlerResult UnblockContact(Call& call) { return SetBlocked(call, false); }

HandlerResult SendPresence(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<PresenceBody>(call.request, http::kJsonBody, kRules));
  PARLEY_CO_TRY(session, co_await SelectSession(call, body.session_id));
  core::PresenceKind kind = core::PresenceKind::kAvailable;
  if (!ParseName(body.presence, kind))
    co_return base::FieldError("presence",
                               "Must be available, unavailable, composing, recording or paused");
  std::optional<core::Address> chat;
  if (body.to) {
    PARLEY_CO_TRY(to, ParseRecipient(*body.to, "to"));
    chat = std::move(to);
  }
  PARLEY_CO_CHECK(co_await call.core.contacts.ShowPresence(session, kind, std::move(chat)));
  co_return Said("Dispatched");
}

HandlerResult GetPnFromLid(Call& call) {
  PARLEY_CO_TRY(session, co_await SelectSession(call, std::nullopt));
  const std::string lid = call.match["lid"];
  const std::size_t at = lid.find('@');
  const bool is_lid = at == std::string::npos || lid.substr(at) == "@lid";
  const auto who = core::ParseLid(lid.substr(0, at));
  if (!is_lid || !who) co_return base::FieldError("lid", "Must be a LID");
  PARLEY_CO_TRY(peer, co_await BothAddresses(call, session, *who));
  if (peer.phone.empty()) co_return base::ErrorCode::kNotFound;
  co_return Reply(PnReply{Jid(core::Address{core::AddressKind::kPhone, peer.phone})});
}

HandlerResult GetLidFromPn(Call& call) {
  PARLEY_CO_TRY(session, co_await SelectSession(call, std::nullopt));
  PARLEY_CO_TRY(who, PersonInPath(call, "pn"));
  PARLEY_CO_TRY(peer, co_await BothAddresses(call, session, std::move(who)));
  if (peer.lid.empty()) co_return base::ErrorCode::kNotFound;
  co_return Reply(LidReply{Jid(core::Address{core::AddressKind::kLid, peer.lid})});
}

}  // namespace parley::api::wapio
