#include "core/messages/search.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "core/messages/message_store.h"
#include "core/messages/messages.h"

namespace parley::core {
namespace {

// One step of a search: up to kSearchedAtOnce messages.
base::Result<SearchPage> Look(const Transaction& tx, const Channel& channel,
                              const SearchQuery& query) {
  MessageStore::Page page;
  page.channel = channel.row;
  page.before = query.before;
  page.limit = kSearchedAtOnce;
  PARLEY_TRY(found, tx.messages().List(channel.account, page));
  SearchPage seen;
  seen.searched_to = query.before;
  seen.more = static_cast<int>(found.size()) == kSearchedAtOnce;
  for (MessageInChat& message : found) {
    if (static_cast<int>(seen.messages.size()) == query.limit) {
      seen.more = true;
      break;
    }
    seen.searched_to = message.message.row;
    seen.searched_at = message.message.accepted_at;
    if (!Says(message.message, query.text)) continue;
    PARLEY_TRY(marked, WithMarks(tx, std::move(message)));
    seen.messages.push_back(std::move(marked));
  }
  return seen;
}

}  // namespace

bool Says(const Message& message, std::string_view text) {
  if (base::HoldsInAnyCase(TextOf(message.content), text)) return true;
  if (const MediaRef* media = MediaOf(message.content);
      media && base::HoldsInAnyCase(media->file_name, text))
    return true;
  return message.transcription && base::HoldsInAnyCase(message.transcription->text, text);
}

// In several reads, so that a search holds up no reader for long.
base::Task<base::Result<SearchPage>> Messages::Search(ChannelPtr channel, SearchQuery query) {
  SearchPage result;
  result.more = true;
  for (int looked = 0; looked < query.most && result.more; looked += kSearchedAtOnce) {
    if (static_cast<int>(result.messages.size()) == query.limit) break;
    SearchQuery step = query;
    step.limit = query.limit - static_cast<int>(result.messages.size());
    auto read = [channel, step = std::move(step)](const Transaction& tx) {
      return Look(tx, *channel, step);
    };
    PARLEY_CO_TRY(seen, co_await store_.Read(std::move(read)));
    std::move(seen.messages.begin(), seen.messages.end(), std::back_inserter(result.messages));
    result.searched_to = query.before = seen.searched_to;
    if (seen.searched_at) result.searched_at = seen.searched_at;
    result.more = seen.more;
  }
  co_return result;
}

}  // namespace parley::core
