#include "core/messages/messages.h"

#include <fmt/format.h>

#include "base/crash_point.h"
#include "core/contacts/contact_store.h"

namespace parley::core {
namespace {

// The content that a draft becomes once its media is known.
base::Result<Content> ContentOf(const MediaDraft& draft, const MediaRef& media) {
  MediaRef ref = media;
  if (!draft.file_name.empty()) ref.file_name = draft.file_name;
  if (!draft.kind) return ContentForMedia(ref, draft.caption, ref.file_name);
  switch (*draft.kind) {
    case ContentKind::kImage:
      return Content(ImageContent{ref, draft.caption});
    case ContentKind::kVideo:
      return Content(VideoContent{ref, draft.caption});
    case ContentKind::kAudio:
      return Content(AudioContent{ref, draft.voice});
    case ContentKind::kDocument:
      return Content(DocumentContent{ref, ref.file_name, draft.caption});
    case ContentKind::kSticker:
      return Content(StickerContent{ref});
    case ContentKind::kText:
      break;
  }
  return base::Error(base::ErrorCode::kInternal, "", "a text has no media");
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

  SendWrite write;
  write.account = channel->account;
  write.channel = channel->row;
  write.to = std::move(command.to);
  write.quoted = command.quoted;
  write.once = command.once;
  write.needs_pairing = command.needs_pairing;
  write.customer_window = capabilities.customer_window;
  if (auto* draft = std::get_if<MediaDraft>(&command.what)) {
    // A repeat must not fetch again: the source may be gone by now.
    if (command.once) {
      auto earlier = co_await Earlier(*command.once);
      if (!earlier) co_return earlier.error();
      if (*earlier) co_return std::move(**earlier);
    }
    if (draft->kind) PARLEY_CO_CHECK(CheckCarried(capabilities, *draft->kind));
    auto resolved =
        co_await media_.Resolve(channel->account, *draft, capabilities.max_media_size);
    if (!resolved) co_return resolved.error();
    PARLEY_CO_TRY(content, ContentOf(*draft, resolved->media.ref));
    write.content = std::move(content);
    if (resolved->is_new) write.media = std::move(resolved->media);
  } else {
    write.content = std::move(std::get<Content>(command.what));
  }
  PARLEY_CO_CHECK(CheckCarried(capabilities, KindOf(write.content)));

  const Stamp stamp(store_.scheduler().Now(), random_);
  auto accept = [write = std::move(write), stamp](Transaction& tx) {
    return core::Send(tx, write, stamp);
  };
  auto queued = co_await store_.Write(std::move(accept));
  base::ReachCrashPoint("after_commit_before_reply");
  if (queued && !queued->repeated) channels_.Wake(channel->row);
  co_return queued;
}

base::Task<base::Result<std::optional<Queued>>> Messages::Earlier(IdempotencyKey once) {
  auto read = [once, now = store_.scheduler().Now()](const Transaction& tx) {
    return FindEarlier(tx, once, now);
  };
  co_return co_await store_.Read(read);
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
    PARLEY_TRY(person, tx.contacts().FindPerson(channel->account, with));
    if (!person) return std::vector<MessageInChat>();
    PARLEY_TRY(chat, tx.contacts().FindChat(channel->row, person->row));
    if (!chat) return std::vector<MessageInChat>();
    MessageStore::Page of_chat = page;
    of_chat.chat = chat->row;
    return tx.messages().List(channel->account, of_chat);
  };
  co_return co_await store_.Read(std::move(read));
}

}  // namespace parley::core
