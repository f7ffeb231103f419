#include "core/messages/messages.h"

#include <fmt/format.h>

#include "base/crash_point.h"
#include "core/contacts/resolve.h"
#include "core/messages/receipt_store.h"

namespace parley::core {
namespace {

// The content that a draft becomes once its media is known, which may have got another name.
base::Result<Content> ContentOf(const MediaDraft& draft, const MediaRef& media) {
  Content content;
  if (draft.kind) {
    auto made = ContentOfKind(*draft.kind, media, draft.caption, media.file_name);
    if (!made) return base::Error(base::ErrorCode::kInternal, "", "a draft of no media kind");
    content = std::move(*made);
  } else {
    content = ContentForMedia(media, draft.caption, media.file_name);
  }
  if (auto* audio = std::get_if<AudioContent>(&content)) audio->voice = draft.voice;
  std::visit(
      [&](auto& kind) {
        if constexpr (requires { kind.view_once; }) kind.view_once = draft.view_once;
        if constexpr (requires { kind.mentions; }) kind.mentions = draft.mentions;
      },
      content);
  return content;
}

base::Result<void> CheckReached(const Capabilities& capabilities, const Address& to) {
  if (to.kind == AddressKind::kGroup && !capabilities.groups)
    return base::Error(base::ErrorCode::kNotSupported, "This channel cannot write to groups");
  if (to.kind == AddressKind::kNewsletter && !capabilities.newsletters)
    return base::Error(base::ErrorCode::kNotSupported, "This channel cannot write to newsletters");
  return {};
}

// Puts the media where the content has a place for it.
Content PutInto(Content content, const MediaRef& media, std::optional<ContentKind> kind) {
  std::visit(
      [&](auto& into) {
        if constexpr (requires { into.media_kind; }) into.media_kind = kind;
        if constexpr (requires { into.media; }) into.media = media;
      },
      content);
  return content;
}

// What kind of file belongs into the content.
std::optional<ContentKind> MediaKindOf(const Content& content) {
  return std::visit(
      [](const auto& into) -> std::optional<ContentKind> {
        if constexpr (requires { into.media_kind; })
          return into.media_kind;
        else
          return std::decay_t<decltype(into)>::kKind;
      },
      content);
}

base::Result<void> CheckCarried(const Capabilities& capabilities, ContentKind kind) {
  if (capabilities.Carries(kind)) return {};
  return base::Error(base::ErrorCode::kNotSupported,
                     fmt::format("This channel's link does not carry {} messages", NameOf(kind)));
}

}  // namespace

base::Task<base::Result<Queued>> Messages::Send(ChannelPtr channel, SendCommand command) {
  const LinkFactory* factory = links_.Get(channel->link);
  if (factory == nullptr)
    co_return base::Error(base::ErrorCode::kNotSupported, "This kind of channel is not available");
  const Capabilities capabilities = factory->CapabilitiesOf(channel->link_profile);
  PARLEY_CO_CHECK(CheckReached(capabilities, command.to));

  SendWrite write;
  write.account = channel->account;
  write.channel = channel->row;
  write.to = std::move(command.to);
  write.quoted = command.quoted;
  write.once = command.once;
  write.needs_pairing = command.needs_pairing;
  write.customer_window = capabilities.customer_window;
  write.edit_window = capabilities.edit_window;
  PARLEY_CO_TRY(limit, co_await plans_.MessagesPerMonth(channel->account));
  write.messages_per_month = limit;
  auto* draft = std::get_if<MediaDraft>(&command.what);
  if (draft != nullptr && command.into) {
    if (!draft->kind) draft->kind = MediaKindOf(*command.into);
    write.content = std::move(*command.into);
  } else if (draft == nullptr) {
    write.content = std::move(std::get<Content>(command.what));
  }
  const bool is_known = draft == nullptr || command.into;
  const auto kind = is_known ? KindOf(write.content) : draft->kind;
  if (kind) PARLEY_CO_CHECK(CheckCarried(capabilities, *kind));
  if (draft != nullptr || !command.cards.empty()) {
    PARLEY_CO_TRY(earlier, co_await BeforeFetch(write));
    if (earlier) co_return std::move(*earlier);
    PARLEY_CO_TRY(fetched, co_await WithFiles(std::move(write), std::move(command),
                                              capabilities.max_media_size));
    write = std::move(fetched);
    PARLEY_CO_CHECK(CheckCarried(capabilities, KindOf(write.content)));
    base::ReachCrashPoint("after_fetch_before_accept");
  }

  const Stamp stamp(store_.scheduler().Now(), random_);
  auto accept = [write = std::move(write), stamp](Transaction& tx) {
    return core::Send(tx, write, stamp);
  };
  auto queued = co_await store_.Write(std::move(accept));
  base::ReachCrashPoint("after_commit_before_reply");
  if (queued && !queued->repeated) channels_.Wake(channel->row);
  co_return queued;
}

base::Task<base::Result<SendWrite>> Messages::WithFiles(SendWrite write, SendCommand command,
                                                        std::int64_t max_size) {
  MediaOwner owner(write.account, write.channel);
  if (auto* draft = std::get_if<MediaDraft>(&command.what)) {
    draft->for_message = true;
    PARLEY_CO_TRY(media, co_await media_.Resolve(owner, *draft, max_size));
    if (command.into) {
      write.content = PutInto(std::move(write.content), media.ref, draft->kind);
    } else {
      PARLEY_CO_TRY(content, ContentOf(*draft, media.ref));
      write.content = std::move(content);
    }
    write.media.push_back(std::move(media));
  }
  auto* used = std::get_if<TemplateContent>(&write.content);
  if (used == nullptr) co_return std::move(write);
  for (SendCommand::CardDraft& card : command.cards) {
    card.draft.for_message = true;
    PARLEY_CO_TRY(media, co_await media_.Resolve(owner, card.draft, max_size));
    TemplateContent::CardMedia shown;
    shown.card = card.card;
    shown.media_kind = card.draft.kind.value_or(ContentKind::kImage);
    shown.media = media.ref;
    used->card_media.push_back(std::move(shown));
    write.media.push_back(std::move(media));
  }
  co_return std::move(write);
}

// A repeat must not fetch again, as the source may be gone by now; and nothing is fetched for a
// message that will be refused.
base::Task<base::Result<std::optional<Queued>>> Messages::BeforeFetch(SendWrite write) {
  using Found = base::Result<std::optional<Queued>>;
  auto read = [write = std::move(write),
               now = store_.scheduler().Now()](const Transaction& tx) -> Found {
    if (write.once) {
      PARLEY_TRY(earlier, FindEarlier(tx, *write.once, now));
      if (earlier) return std::move(earlier);
    }
    PARLEY_CHECK(CheckSend(tx, write, now));
    return std::optional<Queued>();
  };
  co_return co_await store_.Read(std::move(read));
}

base::Task<base::Result<MessageInChat>> Messages::Get(CallerPtr caller, MessageId id) {
  auto read = [account = caller->account.row, id](const Transaction& tx) {
    return tx.messages().FindById(account, id);
  };
  auto found = co_await store_.Read(read);
  if (!found) co_return found.error();
  if (!*found || !caller->Sees((*found)->message.channel)) co_return base::ErrorCode::kNotFound;
  co_return std::move(**found);
}

base::Task<base::Result<std::vector<Receipt>>> Messages::Receipts(AccountRow account,
                                                                  MessageId id) {
  auto read = [account, id](const Transaction& tx) -> base::Result<std::vector<Receipt>> {
    PARLEY_TRY(found, tx.messages().FindById(account, id));
    if (!found) return base::ErrorCode::kNotFound;
    return tx.receipts().List(found->message.row);
  };
  co_return co_await store_.Read(read);
}

base::Task<base::Result<std::vector<MessageInChat>>> Messages::List(AccountRow account,
                                                                    MessageStore::Page page) {
  auto read = [account, page](const Transaction& tx) { return tx.messages().List(account, page); };
  co_return co_await store_.Read(read);
}

base::Task<base::Result<std::vector<MessageInChat>>> Messages::ListChat(ChannelPtr channel,
                                                                        Address with,
                                                                        MessageStore::Page page) {
  using Found = base::Result<std::vector<MessageInChat>>;
  auto read = [channel, with, page](const Transaction& tx) -> Found {
    PARLEY_TRY(chat, FindChatWith(tx, *channel, with));
    if (!chat) return std::vector<MessageInChat>();
    MessageStore::Page of_chat = page;
    of_chat.chat = chat->row;
    return tx.messages().List(channel->account, of_chat);
  };
  co_return co_await store_.Read(std::move(read));
}

base::Task<base::Result<std::vector<MarkedMessage>>> Messages::ListMarked(
    ChannelPtr channel, Address with, std::optional<MessageId> before, int limit) {
  using Found = base::Result<std::vector<MarkedMessage>>;
  auto read = [channel, with = std::move(with), before, limit](const Transaction& tx) -> Found {
    std::vector<MarkedMessage> marked;
    PARLEY_TRY(chat, FindChatWith(tx, *channel, with));
    if (!chat) return marked;
    MessageStore::Page page;
    page.channel = channel->row;
    page.chat = chat->row;
    page.limit = limit;
    if (before) {
      PARLEY_TRY(last, tx.messages().FindById(channel->account, *before));
      if (!last || last->message.chat != chat->row)
        return base::FieldError("before", "Unknown message");
      page.below = MessageStore::Place{last->message.at, last->message.row};
    }
    PARLEY_TRY(messages, tx.messages().List(channel->account, page));
    for (MessageInChat& message : messages) {
      PARLEY_TRY(with_marks, WithMarks(tx, std::move(message)));
      marked.push_back(std::move(with_marks));
    }
    return marked;
  };
  co_return co_await store_.Read(std::move(read));
}

base::Task<base::Result<MarkedMessage>> Messages::GetMarked(CallerPtr caller, MessageId id) {
  auto read = [caller, id](const Transaction& tx) -> base::Result<MarkedMessage> {
    PARLEY_TRY(found, tx.messages().FindById(caller->account.row, id));
    if (!found || !caller->Sees(found->message.channel)) return base::ErrorCode::kNotFound;
    return WithMarks(tx, std::move(*found));
  };
  co_return co_await store_.Read(std::move(read));
}

}  // namespace parley::core
