#include "sim/graph/registry.h"

#include <algorithm>

#include "base/log.h"

namespace parley::sim::graph {
namespace {

constexpr std::string_view kAppPrefix = "app/", kAccountPrefix = "account/",
                           kNumberPrefix = "number/", kTokenPrefix = "token/",
                           kMediaPrefix = "media/", kUploadPrefix = "upload/";

std::string Named(std::string_view prefix, std::string_view id) {
  return std::string(prefix) + std::string(id);
}

template <class T>
const T* FindIn(const std::map<std::string, T, std::less<>>& map, std::string_view id) {
  const auto found = map.find(id);
  return found == map.end() ? nullptr : &found->second;
}

template <class T>
void PutInto(std::map<std::string, T, std::less<>>& map, net::Keep& keep, std::string_view prefix,
             std::string id, T value) {
  keep.Set(Named(prefix, id), base::EncodeText(value));
  map.insert_or_assign(std::move(id), std::move(value));
}

}  // namespace

bool App::Hears(std::string_view field) const {
  return !fields || std::find(fields->begin(), fields->end(), field) != fields->end();
}

template <class T>
void Registry::Load(std::string_view prefix, std::map<std::string, T, std::less<>>& into) {
  keep_.Visit(prefix, [&](std::string_view name, std::string_view value) {
    if (auto read = base::DecodeText<T>(value))
      into.emplace(name.substr(prefix.size()), std::move(*read));
    else
      base::LogError("A record of the simulated Graph cannot be understood", {{"name", name}});
  });
}

Registry::Registry(net::Keep& keep) : keep_(keep) {
  Load(kAppPrefix, apps_);
  Load(kAccountPrefix, accounts_);
  Load(kNumberPrefix, numbers_);
  Load(kTokenPrefix, tokens_);
}

const App* Registry::FindApp(std::string_view id) const { return FindIn(apps_, id); }
const Account* Registry::FindAccount(std::string_view id) const { return FindIn(accounts_, id); }
const Number* Registry::FindNumber(std::string_view id) const { return FindIn(numbers_, id); }
const Token* Registry::FindToken(std::string_view token) const { return FindIn(tokens_, token); }

const Number* Registry::FindNumberOf(std::string_view digits) const {
  for (const auto& [id, number] : numbers_)
    if (number.number == digits) return &number;
  return nullptr;
}

std::optional<MediaNode> Registry::FindMedia(std::string_view id) const {
  const std::string* kept = keep_.Find(Named(kMediaPrefix, id));
  if (kept == nullptr) return std::nullopt;
  auto read = base::DecodeText<MediaNode>(*kept);
  if (!read) return std::nullopt;
  return std::move(*read);
}

std::optional<Upload> Registry::FindUpload(std::string_view id) const {
  const std::string* kept = keep_.Find(Named(kUploadPrefix, id));
  if (kept == nullptr) return std::nullopt;
  auto read = base::DecodeText<Upload>(*kept);
  if (!read) return std::nullopt;
  return std::move(*read);
}

void Registry::Put(App app) {
  std::string id = app.id;
  PutInto(apps_, keep_, kAppPrefix, std::move(id), std::move(app));
}
void Registry::Put(Account account) {
  std::string id = account.id;
  PutInto(accounts_, keep_, kAccountPrefix, std::move(id), std::move(account));
}
void Registry::Put(Number number) {
  std::string id = number.id;
  PutInto(numbers_, keep_, kNumberPrefix, std::move(id), std::move(number));
}
void Registry::Put(Token token) {
  std::string id = token.token;
  PutInto(tokens_, keep_, kTokenPrefix, std::move(id), std::move(token));
}
void Registry::Put(const MediaNode& media) {
  keep_.Set(Named(kMediaPrefix, media.id), base::EncodeText(media));
}

void Registry::Put(const Upload& upload) {
  keep_.Set(Named(kUploadPrefix, upload.id), base::EncodeText(upload));
}

void Registry::RemoveNumber(std::string_view id) {
  keep_.Set(Named(kNumberPrefix, id), "");
  numbers_.erase(numbers_.find(id));
}

void Registry::RemoveMedia(std::string_view id) { keep_.Set(Named(kMediaPrefix, id), ""); }

std::vector<const Number*> Registry::NumbersOf(std::string_view account) const {
  std::vector<const Number*> found;
  for (const auto& [id, number] : numbers_)
    if (number.account == account) found.push_back(&number);
  std::stable_sort(found.begin(), found.end(), [](const Number* one, const Number* other) {
    return one->made_at < other->made_at;
  });
  return found;
}

std::vector<const Token*> Registry::TokensOf(std::string_view app) const {
  std::vector<const Token*> found;
  for (const auto& [text, token] : tokens_)
    if (token.app == app) found.push_back(&token);
  return found;
}

}  // namespace parley::sim::graph
