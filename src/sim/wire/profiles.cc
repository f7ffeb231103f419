#include "sim/wire/profiles.h"

#include <charconv>

#include "sim/wire/nodes.h"

namespace parley::sim::wire {
namespace {

using binary::Node;

constexpr int kBadRequest = 400, kNotAuthorized = 401, kForbidden = 403, kNoSuchItem = 404,
              kNotAcceptable = 406;
constexpr std::string_view kJpeg = "\xff\xd8\xff";
constexpr std::size_t kMaxPictureBytes = 1 << 20;

net::Actor ActorOf(Client& client) {
  return {client.session->number(), client.session->companion_id()};
}

}  // namespace

std::string PictureId(std::string_view sha256) {
  std::uint32_t id = 0;
  std::from_chars(sha256.data(), sha256.data() + std::min<std::size_t>(8, sha256.size()), id, 16);
  return std::to_string(id);
}

// There is one size only: the small picture is the whole one.
void GetPicture(Client& client, const Node& iq, const Node& picture) {
  Parts& parts = client.parts();
  const auto number = parts.addresses.NumberOf(Get(iq, "target"));
  if (!number) return client.Send(ErrorOf(iq, kNoSuchItem, "item-not-found"));
  const auto person = parts.network.FindPerson(*number);
  if (!person || person->picture.empty())
    return client.Send(ErrorOf(iq, kNoSuchItem, "item-not-found"));
  const auto shown = parts.network.PictureFor(person->number, client.session->number());
  if (!shown || shown->empty()) return client.Send(ErrorOf(iq, kNotAuthorized, "not-authorized"));
  const std::string id = PictureId(*shown), path = "/media/" + *shown;
  if (Get(picture, "id") == id)  // the client has it
    return client.Send(ResultOf(iq, {MakeNode("picture", {{"id", id}, {"status", "304"}})}));
  const std::string type = Get(picture, "type") == "preview" ? "preview" : "image";
  client.Send(ResultOf(iq, {MakeNode("picture", {{"id", id},
                                                 {"type", type},
                                                 {"url", parts.media_url + path},
                                                 {"direct_path", path}})}));
}

// Of the client's own person; those of groups are not changed here yet. Without a picture the one
// that was there goes.
void SetPicture(Client& client, const Node& iq, const Node&) {
  Parts& parts = client.parts();
  const std::string target = Get(iq, "target");
  if (!target.empty() && parts.addresses.NumberOf(target) != client.session->number())
    return client.Send(ErrorOf(iq, kForbidden, "forbidden"));
  net::PersonChange change;
  change.picture = "";
  if (const Node* picture = iq.FindChild("picture")) {
    if (picture->data().size() > kMaxPictureBytes || !picture->data().starts_with(kJpeg))
      return client.Send(ErrorOf(iq, kNotAcceptable, "not-acceptable"));
    const auto stored = parts.network.media().Store(picture->data());
    if (!stored) return client.Send(ErrorOf(iq, kNotAcceptable, "not-acceptable"));
    change.picture = *stored;
  }
  if (!parts.network.ChangeProfile(ActorOf(client), change))
    return client.Send(ErrorOf(iq, kBadRequest, "bad-request"));
  if (change.picture->empty()) return client.Send(ResultOf(iq));
  client.Send(ResultOf(iq, {MakeNode("picture", {{"id", PictureId(*change.picture)}})}));
}

void SetAbout(Client& client, const Node& iq, const Node& status) {
  net::PersonChange change;
  change.about = std::string(status.data());
  if (!client.parts().network.ChangeProfile(ActorOf(client), change))
    return client.Send(ErrorOf(iq, kNotAcceptable, "not-acceptable"));
  client.Send(ResultOf(iq));
}

std::optional<Node> ProfileStanza(Parts& parts, const Session& session,
                                  const net::ProfileChanged& changed, const net::Item& item,
                                  base::Time at) {
  if (!changed.picture_changed && !changed.about_changed) return std::nullopt;
  const net::Person& person = changed.person;
  const std::string jid =
      (session.by_lid.contains(person.number) ? parts.addresses.ByLid(person.number)
                                              : parts.addresses.ByNumber(person.number))
          .Text();
  Attributes attributes = {{"from", jid},
                           {"type", changed.picture_changed ? "picture" : "status"},
                           {"id", "PROFILE" + std::to_string(item.seq)},
                           {"t", std::to_string(base::ToUnixSeconds(at))},
                           {"notify", person.push_name}};
  Node what = MakeData("set", person.about);
  if (changed.picture_changed)
    what = person.picture.empty()
               ? MakeNode("delete", {{"jid", jid}})
               : MakeNode("set", {{"jid", jid}, {"id", PictureId(person.picture)}});
  return MakeNode("notification", std::move(attributes), {std::move(what)});
}

}  // namespace parley::sim::wire
