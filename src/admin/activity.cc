#include "admin/activity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "admin/addresses.h"
#include "admin/masking.h"
#include "admin/session.h"
#include "admin/simulated_network.h"
#include "base/encoding.h"

namespace parley::admin {
namespace {

// What only a page calls, whatever it is signed in by.
constexpr std::string_view kOfPages[] = {"/parley/v1/activity/stream", "/parley/v1/session"};
constexpr std::string_view kAdminApi = "admin", kSimulator = "simulator";

// Names of the front door's owners whose calls are told; the rest are no APIs.
constexpr std::array<std::string_view, 4> kTold = {"2chat", "wapio", "1msg", kAdminApi};

// The start of a text, without a character that is cut in the middle; nullopt when it is none.
std::optional<std::string> Start(std::string_view text, std::size_t limit) {
  constexpr std::size_t kLongestCharacter = 4;
  std::string_view start = text.substr(0, limit);
  for (std::size_t i = 0; i < kLongestCharacter && !base::IsUtf8(start) && text.size() > limit; ++i)
    start.remove_suffix(1);
  if (start.empty() || !base::IsUtf8(start)) return std::nullopt;
  return std::string(start);
}

// What a person may see of a body: text of a kind that keys can be found in.
std::optional<std::string> Shown(std::string_view type, std::string_view body, std::size_t limit) {
  auto text = Start(body, limit);
  if (!text) return std::nullopt;
  type = type.substr(0, type.find(';'));
  if (type == "application/x-www-form-urlencoded") return MaskForm(*text);
  const bool is_text = type.empty() || type == "application/json" || type.starts_with("text/");
  return is_text ? std::optional(MaskJson(*text)) : std::nullopt;
}

}  // namespace

std::unique_ptr<CallNote> Activity::Begin(std::string_view api, const http::Request& request) {
  if (!is_watched() || std::find(kTold.begin(), kTold.end(), api) == kTold.end()) return nullptr;
  const bool is_simulator = api == kAdminApi && IsForNetwork(request);
  if (is_simulator) api = kSimulator;
  const bool is_page =
      !SessionCookieOf(request).empty() ||
      std::find(std::begin(kOfPages), std::end(kOfPages), request.path()) != std::end(kOfPages);
  // A page looks at phones all the time; what is told is what it does with them.
  if (is_page && (api == kAdminApi || IsSafe(request.method))) return nullptr;
  auto note = std::make_unique<CallNote>();
  note->view.at = Spell(scheduler_.Now());
  note->view.api = api;
  note->view.method = request.method == http::Method::kOther ? "?" : NameOf(request.method);
  note->view.path = MaskTarget(request.target);
  // Answers of the admin API are full of keys, and its bodies are the operator's alone.
  if (keeps_bodies_ && api != kAdminApi)
    note->view.request = Shown(request.content_type(), request.body, kMaxBody);
  return note;
}

void Activity::End(std::unique_ptr<CallNote> note, const http::Response& response,
                   base::Duration took) {
  note->view.status = response.status;
  note->view.duration_ms = took.count();
  if (keeps_bodies_ && note->view.api != kAdminApi)
    note->view.response = Shown(response.headers.Get("Content-Type"), response.text(), kMaxBody);
  Add("call", note->view);
}

void Activity::AddPost(PostAttemptView post, std::string_view request, std::string_view response) {
  post.at = Spell(scheduler_.Now());
  if (keeps_bodies_) {
    post.request = Start(request, kMaxBody);
    post.response = Start(response, kMaxPostAnswer);
  }
  Add("delivery", post);
}

template <class View>
void Activity::Add(std::string_view event, View& view) {
  if (!is_watched()) return;  // who watched has gone meanwhile
  ++last_;
  // Not the same after a restart, when numbers begin anew.
  view.id = fmt::format("{:x}-{}", base::ToUnixMs(started_at_), last_);
  items_.push_back(
      Item{last_, fmt::format("event: {}\ndata: {}\n\n", event, base::EncodeText(view))});
  if (items_.size() > kMaxItems) items_.pop_front();
  for (Watcher* watcher : watchers_) watcher->Wake();
}

base::Result<std::unique_ptr<Activity::Watcher>> Activity::Watch() {
  if (watchers_.size() >= kMaxWatchers) return base::ErrorCode::kOverloaded;
  return std::make_unique<Watcher>(*this);
}

void Activity::Stop() {
  stopped_ = true;
  for (Watcher* watcher : watchers_) watcher->Wake();
}

Activity::Watcher::Watcher(Activity& activity)
    : activity_(activity),
      signal_(activity.scheduler_),
      told_(activity.last_ - std::min<std::uint64_t>(activity.last_, kToldFirst)) {
  activity.watchers_.push_back(this);
}

Activity::Watcher::~Watcher() { std::erase(activity_.watchers_, this); }

std::string Activity::Watcher::Take() {
  std::string text;
  const auto first = std::find_if(activity_.items_.begin(), activity_.items_.end(),
                                  [this](const Item& item) { return item.number > told_; });
  for (auto item = first; item != activity_.items_.end(); ++item) text += item->text;
  told_ = activity_.last_;
  return text;
}

}  // namespace parley::admin
