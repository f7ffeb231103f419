#include "admin/activity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "admin/addresses.h"
#include "admin/masking.h"
#include "admin/session.h"
#include "admin/simulated_network.h"
#include "base/encoding.h"
#include "http/grammar.h"

namespace parley::admin {
namespace {

// What only a page calls, whatever it is signed in by.
constexpr std::string_view kOfPages[] = {"/parley/v1/activity/stream", "/parley/v1/session"};
constexpr std::string_view kAdminApi = "admin", kSimulator = "simulator";

// Names of the front door's owners whose calls are told; the rest are no APIs.
constexpr std::array<std::string_view, 4> kTold = {"2chat", "wapio", "1msg", kAdminApi};

KeptBody Keep(std::string_view type, std::string_view body, std::size_t limit) {
  return {std::string(type), std::string(body.substr(0, limit)), body.size() > limit};
}

// The text that a body begins with, without a character that is cut in the middle; nullopt when it
// is none.
std::optional<std::string> TextIn(const KeptBody& body) {
  constexpr std::size_t kLongestCharacter = 4;
  std::string_view start = body.start;
  for (std::size_t i = 0; i < kLongestCharacter && body.is_cut && !base::IsUtf8(start); ++i)
    start.remove_suffix(1);
  if (start.empty() || !base::IsUtf8(start)) return std::nullopt;
  return std::string(start);
}

// What a person may see of a call's body: text of a kind that keys can be found in.
std::optional<std::string> Shown(const KeptBody& body) {
  auto text = TextIn(body);
  if (!text) return std::nullopt;
  const std::string type =
      http::LowerCase(http::Trim(std::string_view(body.type).substr(0, body.type.find(';'))));
  if (type == "application/x-www-form-urlencoded") return MaskForm(*text);
  const bool is_text = type.empty() || type == "application/json" || type.starts_with("text/");
  return is_text ? std::optional(MaskJson(*text)) : std::nullopt;
}

template <class View>
std::string EventOf(std::string_view name, const View& view) {
  return fmt::format("event: {}\ndata: {}\n\n", name, base::EncodeText(view));
}

std::string Told(const CallNote& note, std::string id) {
  CallView view;
  view.id = std::move(id);
  view.at = Spell(note.at);
  view.api = note.api;
  view.method = note.method;
  view.path = MaskTarget(note.target);
  view.status = note.status;
  view.duration_ms = note.took.count();
  if (note.request) view.request = Shown(*note.request);
  if (note.response) view.response = Shown(*note.response);
  return EventOf("call", view);
}

std::string Told(const PostNote& note, std::string id) {
  PostAttemptView view = note.view;
  view.id = std::move(id);
  view.at = Spell(note.at);
  if (note.request) view.request = TextIn(*note.request);
  if (note.response) view.response = TextIn(*note.response);
  return EventOf("delivery", view);
}

}  // namespace

std::unique_ptr<CallNote> Activity::Begin(std::string_view api, const http::Request& request) {
  if (!is_watched()) return nullptr;
  const auto told = std::find(kTold.begin(), kTold.end(), api);
  if (told == kTold.end()) return nullptr;
  const bool is_simulator = api == kAdminApi && IsForNetwork(request);
  const bool is_admin = api == kAdminApi && !is_simulator;
  const bool is_page =
      !SessionCookieOf(request).empty() ||
      std::find(std::begin(kOfPages), std::end(kOfPages), request.path()) != std::end(kOfPages);
  // A page looks at phones all the time; what is told is what it does with them.
  if (is_page && (is_admin || IsSafe(request.method))) return nullptr;
  auto note = std::make_unique<CallNote>();
  note->at = scheduler_.Now();
  note->api = is_simulator ? kSimulator : *told;
  note->method = request.method == http::Method::kOther ? "?" : NameOf(request.method);
  note->target = request.target;
  // Answers of the admin API are full of keys, and its bodies are the operator's alone.
  if (keeps_bodies_ && !is_admin)
    note->request = Keep(request.headers.Get("Content-Type"), request.body, kMaxBody);
  return note;
}

void Activity::End(std::unique_ptr<CallNote> note, const http::Response& response,
                   base::Duration took) {
  note->status = response.status;
  note->took = took;
  if (keeps_bodies_ && note->api != kAdminApi)
    note->response = Keep(response.headers.Get("Content-Type"), response.text(), kMaxBody);
  Add(std::move(note));
}

void Activity::AddPost(PostAttemptView post, std::string_view request, std::string_view response) {
  auto note = std::make_unique<PostNote>();
  note->view = std::move(post);
  note->at = scheduler_.Now();
  if (keeps_bodies_) {
    note->request = Keep("", request, kMaxBody);
    note->response = Keep("", response, kMaxPostAnswer);
  }
  Add(std::move(note));
}

template <class Note>
void Activity::Add(std::unique_ptr<Note> note) {
  if (!is_watched()) return;  // who watched has gone meanwhile
  items_.push_back(Item{++last_, std::move(note), ""});
  if (items_.size() > kMaxItems) items_.pop_front();
  for (Watcher* watcher : watchers_) watcher->Wake();
}

std::string Activity::IdOf(const Item& item) const {
  return fmt::format("{:x}-{}", base::ToUnixMs(started_at_), item.number);
}

const std::string& Activity::TextOf(Item& item) const {
  if (item.text.empty())
    item.text = std::visit([&](const auto& note) { return Told(*note, IdOf(item)); }, item.note);
  return item.text;
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
  for (auto item = first; item != activity_.items_.end(); ++item) text += activity_.TextOf(*item);
  told_ = activity_.last_;
  return text;
}

}  // namespace parley::admin
