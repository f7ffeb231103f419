#include "core/contacts/contacts.h"

#include "core/channels/ask.h"
#include "core/contacts/change.h"
#include "core/contacts/learn.h"
#include "core/contacts/spelling.h"
#include "core/media/pictures.h"

namespace parley::core {
namespace {

// What the link has no address book for is kept by Parley alone.
bool IsKeptHereOnly(base::ErrorCode code) {
  return code == base::ErrorCode::kNotSupported || code == base::ErrorCode::kChannelNotConnected;
}

Peer PeerAt(const Address& address) {
  Peer peer;
  (address.kind == AddressKind::kPhone ? peer.phone
   : address.kind == AddressKind::kLid ? peer.lid
                                       : peer.username) = address.value;
  return peer;
}

// What a caller says of a person: how a known one's number is spelled is for the network to say.
base::Result<Person> ChangeContactAt(Transaction& tx, AccountRow account, const Channel* channel,
                                     const Address& who, ContactNews news, Stamp ids) {
  PARLEY_TRY(known, FindPersonAt(tx, account, who));
  news.peer = PeerAt(known ? known->peer.address() : who);
  return ChangeContact(tx, account, channel, news, ids);
}

// The network knows the number by its other spelling, and so does the account from now on. A person
// it has never heard of stays unknown: asking makes nobody.
base::Result<void> LearnSpelling(Transaction& tx, AccountRow account, const NumberFound& found,
                                 Stamp ids) {
  PARLEY_TRY(known, FindPersonAt(tx, account, found.asked));
  if (known && known->peer.phone != found.peer.phone)
    PARLEY_CHECK(LearnPeer(tx, account, found.peer, ids));
  return {};
}

base::Result<Person> OrNotFound(base::Result<std::optional<Person>> found) {
  if (!found) return found.error();
  if (!*found) return base::ErrorCode::kNotFound;
  return std::move(**found);
}

}  // namespace

base::Task<base::Result<NumberFound>> Contacts::Check(ChannelPtr channel, Address number) {
  CheckNumbers question;
  question.numbers.push_back(std::move(number));
  PARLEY_CO_TRY(found, co_await Ask(port_, channel->row, std::move(question)));
  if (found.size() != 1) co_return base::ErrorCode::kInternal;
  const NumberFound& one = found.front();
  if (one.asked.kind == AddressKind::kPhone && !one.peer.phone.empty() &&
      one.peer.phone != one.asked.value) {
    const Stamp stamp(store_.scheduler().Now(), random_);
    auto write = [account = channel->account, one, stamp](Transaction& tx) {
      return LearnSpelling(tx, account, one, stamp);
    };
    PARLEY_CO_CHECK(co_await store_.Write(std::move(write)));
  }
  co_return std::move(found.front());
}

base::Task<base::Result<std::optional<MediaRef>>> Contacts::Picture(ChannelPtr channel,
                                                                    Address who) {
  FetchPicture question;
  question.who = std::move(who);
  PARLEY_CO_TRY(found, co_await Ask(port_, channel->row, std::move(question)));
  if (!found.media) co_return std::optional<MediaRef>();
  auto write = [picture = *found.media](Transaction& tx) { return KeepPicture(tx, picture); };
  PARLEY_CO_TRY(kept, co_await store_.Write(std::move(write)));
  co_return std::optional(std::move(kept));
}

base::Task<base::Result<Person>> Contacts::Find(AccountRow account, Address who) {
  auto read = [account, who = std::move(who)](const Transaction& tx) {
    return FindPersonAt(tx, account, who);
  };
  auto found = co_await store_.Read(std::move(read));
  co_return OrNotFound(std::move(found));
}

base::Task<base::Result<Person>> Contacts::FindFor(ChannelPtr channel, Address who) {
  using Found = base::Result<std::optional<Person>>;
  auto read = [channel, who = std::move(who)](const Transaction& tx) -> Found {
    PARLEY_TRY(person, FindPersonAt(tx, channel->account, who));
    if (!person) return std::optional<Person>();
    PARLEY_TRY(is_of_others, tx.contacts().IsNameOfOthers(channel->row, person->row));
    if (is_of_others) {
      PARLEY_TRY(chat, tx.contacts().FindChat(channel->row, person->row));
      if (!chat) return std::optional<Person>();
      person->peer.name.clear();
    }
    return std::move(person);
  };
  auto found = co_await store_.Read(std::move(read));
  co_return OrNotFound(std::move(found));
}

base::Task<base::Result<Person>> Contacts::Get(AccountRow account, PersonId id) {
  auto read = [account, id](const Transaction& tx) {
    return tx.contacts().FindPersonById(account, id);
  };
  auto found = co_await store_.Read(std::move(read));
  co_return OrNotFound(std::move(found));
}

base::Task<base::Result<std::vector<Person>>> Contacts::List(AccountRow account,
                                                             ContactStore::ContactPage page) {
  auto read = [account, page = std::move(page)](const Transaction& tx) {
    return tx.contacts().ListContacts(account, page);
  };
  co_return co_await store_.Read(std::move(read));
}

base::Task<base::Result<Person>> Contacts::Name(AccountRow account, ChannelPtr channel, Address who,
                                                std::string name) {
  if (!who.is_person())
    co_return base::Error(base::ErrorCode::kNotSupported, "Only people can be contacts");
  if (channel) {
    SaveContact request;
    request.who = who;
    request.name = name;
    const auto saved = co_await Ask(port_, channel->row, std::move(request));
    // Removing what the phone does not have is no fault.
    if (!saved && !IsKeptHereOnly(saved.error().code) &&
        saved.error().code != base::ErrorCode::kNotFound)
      co_return saved.error();
  }
  ContactNews news;
  news.name = std::move(name);
  const Stamp stamp(store_.scheduler().Now(), random_);
  auto write = [account, channel, who = std::move(who), news = std::move(news),
                stamp](Transaction& tx) {
    return ChangeContactAt(tx, account, channel.get(), who, news, stamp);
  };
  co_return co_await store_.Write(std::move(write));
}

base::Task<base::Result<void>> Contacts::SetBlocked(ChannelPtr channel, Address who, bool blocked) {
  if (!who.is_person())
    co_return base::Error(base::ErrorCode::kNotSupported, "Only people can be blocked");
  core::SetBlocked request;
  request.who = who;
  request.blocked = blocked;
  PARLEY_CO_CHECK(co_await Ask(port_, channel->row, std::move(request)));
  ContactNews news;
  news.blocked = blocked;
  const Stamp stamp(store_.scheduler().Now(), random_);
  auto write = [channel, who = std::move(who), news = std::move(news), stamp](Transaction& tx) {
    return ChangeContactAt(tx, channel->account, channel.get(), who, news, stamp);
  };
  PARLEY_CO_CHECK(co_await store_.Write(std::move(write)));
  co_return base::Result<void>();
}

base::Task<base::Result<void>> Contacts::ShowPresence(ChannelPtr channel, PresenceKind kind,
                                                      std::optional<Address> chat) {
  if (NeedsChat(kind) && !chat) co_return base::FieldError("to", "Required");
  core::ShowPresence request;
  request.kind = kind;
  if (NeedsChat(kind)) request.chat = std::move(chat);
  PARLEY_CO_CHECK(co_await Ask(port_, channel->row, std::move(request)));
  co_return base::Result<void>();
}

}  // namespace parley::core
