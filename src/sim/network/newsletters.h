// Newsletters: what people do with newsletters; `by` is the number of who does it.
//
//   Network::newsletters()
//
// Errors: kNotFound for a number without a person and for an unknown newsletter; kInvalidFields;
// what else is said at each function.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sim/network/newsletter.h"

namespace parley::sim::network {

class Ledger;
class MediaShelf;
class Timeline;

struct NewsletterDraft {
  std::string name;
  std::string description, picture;  // may be empty
};

// Thread: that of the network.
class Newsletters {
 public:
  Newsletters(Ledger& ledger, Timeline& timeline, MediaShelf& media);

  base::Result<Newsletter> Create(std::string_view by, NewsletterDraft draft);
  // Everybody may look at every newsletter.
  base::Result<NewsletterState> Find(std::string_view id) const;
  base::Result<NewsletterState> FindByInvite(std::string_view code) const;
  // Those that `by` owns or follows, in the order of their ids, after the one with the id `after`.
  base::Result<std::vector<NewsletterState>> List(std::string_view by, std::string_view after,
                                                  std::size_t limit) const;
  std::vector<NewsletterState> ListAll(std::string_view after, std::size_t limit) const;

  // Nothing happens when it is so already. kInvalidState for the owner, and when it has
  // kMaxFollowers.
  base::Result<void> Follow(std::string_view by, std::string_view id);
  base::Result<void> Unfollow(std::string_view by, std::string_view id);

 private:
  base::Result<void> CommitFollowing(std::string_view by, const Newsletter& newsletter,
                                     bool follows);

  Ledger& ledger_;
  Timeline& timeline_;
  MediaShelf& media_;
};

}  // namespace parley::sim::network
