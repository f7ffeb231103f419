#include "link/multidevice/profiles.h"

#include "link/multidevice/content_in.h"
#include "link/multidevice/queries.h"
#include "link/multidevice/stanzas.h"
#include "link/multidevice/usync.h"

namespace parley::link::multidevice {
namespace {

using ProfileResult = base::Result<core::LinkAnswer>;

constexpr std::string_view kPictures = "w:profile:picture";
// What the network answers when there is no picture, when it is hidden, and when it takes none.
constexpr int kNoPicture = 404, kHiddenPicture = 401, kNoImage = 406;
constexpr std::string_view kJpegHead = "\xff\xd8\xff";
constexpr std::size_t kMaxAbout = 4096;

base::Error NotOverThisLink(const char* text) {
  return base::Error(base::ErrorCode::kNotSupported, text);
}

base::Result<void> Agreed(const Node& answer) {
  const auto error = ErrorIn(answer);
  if (!error) return {};
  if (error->code == kNoImage)
    return base::Error(base::ErrorCode::kMediaWrongType, "The network does not take this picture");
  return base::Error(base::ErrorCode::kInvalidState, "The network refused it",
                     std::to_string(error->code) + " " + error->text);
}

// Whether it is a business's phone, by the network's name of its program.
bool IsBusiness(const Pairing& own) { return own.platform.starts_with("smb"); }

}  // namespace

Node AskForPicture(const Jid& whose, PictureSize size, const std::optional<std::string>& token) {
  Node picture("picture",
               {{"query", "url"}, {"type", size == PictureSize::kPreview ? "preview" : "image"}});
  if (token) picture.content = Node::Children{Node("tctoken", {}, Bytes{*token})};
  Node query = MakeQuery(QueryKind::kGet, kPictures, std::move(picture));
  query.attributes.push_back(Attribute{"target", whose.WithoutDevice().Text()});
  return query;
}

base::Result<std::string> PictureUrlIn(const Node& answer) {
  if (const auto error = ErrorIn(answer)) {
    if (error->code == kNoPicture || error->code == kHiddenPicture) return std::string();
    return base::Error(base::ErrorCode::kUnavailable, "The network refused to tell",
                       std::to_string(error->code));
  }
  const Node* picture = answer.FindChild("picture");
  const std::string_view url = picture == nullptr ? "" : picture->Find("url").value_or("");
  if (url.size() > kMaxPictureUrl)
    return base::Error(base::ErrorCode::kUnavailable, "The network told no URL", "it is too long");
  return std::string(url);
}

Node SetOwnPicture(std::string jpeg) {
  Node picture("picture", {{"type", "image"}}, Bytes{std::move(jpeg)});
  return MakeQuery(QueryKind::kSet, kPictures, std::move(picture));
}

Node SetOwnAbout(std::string text) {
  return MakeQuery(QueryKind::kSet, "status", Node("status", {}, Bytes{std::move(text)}));
}

base::Task<ProfileResult> Profiles::Fetch(Online online, core::FetchPicture request,
                                          base::Duration limit) {
  const Who asked = WhoIs(request.who);
  if (asked.empty()) co_return NotOverThisLink("This link only shows pictures of people yet");
  PARLEY_CO_TRY(who, co_await parts_.lids.Complete(asked));
  core::PictureFound found;
  PARLEY_CO_TRY(media, co_await PictureOf(std::move(online), who, limit));
  found.media = std::move(media);
  co_return core::LinkAnswer(std::move(found));
}

// The whole picture; where the network shows the small one only, that.
base::Task<base::Result<std::optional<core::Media>>> Profiles::PictureOf(Online online, Who who,
                                                                         base::Duration limit) {
  if (files_ == nullptr) co_return NotOverThisLink("This link has no pictures");
  const TimeLeft left(parts_.scheduler, limit);
  const Jid whose = who.number.empty() ? who.jid() : Jid(who.number, JidServer::kUser);
  std::optional<std::string> token;
  if (!IsOwn(online.own(), who)) {  // of oneself the network does not answer with one
    PARLEY_CO_TRY(theirs, co_await parts_.tokens.Of(who));
    token = std::move(theirs);
  }
  for (const PictureSize size : {PictureSize::kWhole, PictureSize::kPreview}) {
    Node query = AskForPicture(whose, size, token);
    PARLEY_CO_TRY(answer, co_await online.port->Ask(std::move(query), left()));
    PARLEY_CO_TRY(url, PictureUrlIn(answer));
    if (url.empty() && answer.Find("type") == "error") break;
    if (url.empty()) continue;
    core::Channel channel = channel_;
    PARLEY_CO_TRY(media, co_await files_->FetchPicture(std::move(channel), url, left()));
    co_return std::optional<core::Media>(std::move(media));
  }
  co_return std::optional<core::Media>();
}

base::Task<base::Result<Profiles::Looks>> Profiles::LooksOf(Online online, Who who,
                                                            base::Duration limit) {
  Node query = AskForLooks(who.jid(), online.port->NextId());
  PARLEY_CO_TRY(told, co_await online.port->Ask(std::move(query), limit));
  const auto users = ReadUsync(told);
  if (!users)
    co_return base::Error(base::ErrorCode::kUnavailable, "The network refused to tell",
                          users.error().detail);
  Looks looks;
  if (users->empty()) co_return looks;
  looks.about = CleanText(users->front().about, kMaxAbout);
  looks.has_picture = users->front().has_picture;
  co_return looks;
}

base::Task<ProfileResult> Profiles::Get(Online online, base::Duration limit) {
  if (IsBusiness(online.own()))
    co_return NotOverThisLink("This link cannot read a business's profile yet");
  const TimeLeft left(parts_.scheduler, limit);
  const Who own = Both(WhoIs(online.own().number), WhoIs(online.own().lid));
  core::OwnProfile profile;
  profile.push_name = online.own().push_name;
  PARLEY_CO_TRY(looks, co_await LooksOf(online, own, left()));
  profile.about = std::move(looks.about);
  if (looks.has_picture) {
    PARLEY_CO_TRY(picture, co_await PictureOf(online, own, left()));
    profile.picture = std::move(picture);
  }
  co_return core::LinkAnswer(std::move(profile));
}

base::Task<ProfileResult> Profiles::Change(Online online, core::ChangeProfile request,
                                           base::Duration limit) {
  const bool more = request.push_name || request.address || request.description || request.email ||
                    request.vertical || request.websites;
  if (more)
    co_return NotOverThisLink("This link changes the picture and the line below the name only");
  const TimeLeft left(parts_.scheduler, limit);
  std::string jpeg;
  if (request.picture) {
    if (files_ == nullptr) co_return NotOverThisLink("This link has no pictures");
    core::MediaRef picture = *request.picture;
    PARLEY_CO_TRY(bytes, co_await files_->Read(std::move(picture), kMaxOwnPicture));
    jpeg = std::move(bytes);
    if (!jpeg.starts_with(kJpegHead))
      co_return base::Error(base::ErrorCode::kMediaWrongType,
                            "Pictures of this channel must be JPEG");
  }
  if (request.about) {
    Node set = SetOwnAbout(std::move(*request.about));
    PARLEY_CO_TRY(answer, co_await online.port->Ask(std::move(set), left()));
    PARLEY_CO_CHECK(Agreed(answer));
  }
  if (request.picture) {
    Node set = SetOwnPicture(std::move(jpeg));
    PARLEY_CO_TRY(answer, co_await online.port->Ask(std::move(set), left()));
    PARLEY_CO_CHECK(Agreed(answer));
  }
  co_return core::LinkAnswer(core::Done());
}

}  // namespace parley::link::multidevice
