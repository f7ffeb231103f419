// Reviews: the network's answer to a template that was handed in, after some time.
#pragma once

#include <string>

#include "base/result.h"
#include "sim/network/actor.h"
#include "sim/network/ledger.h"
#include "sim/network/timeline.h"

namespace parley::sim::network {

// Thread: that of the network.
class Reviews {
 public:
  Reviews(Ledger& ledger, Timeline& timeline) : ledger_(ledger), timeline_(timeline) {}

  // Goes on with what was under way when the file was left. Call it once, after Ledger::Open.
  void Resume();

  // The template will be approved then, if nobody decides before.
  void Schedule(PersonRow owner, const Templates::Key& key, base::Time due);
  base::Result<void> Decide(PersonRow owner, const Template& subject, TemplateStatus status,
                            std::string reason, const Actor& by = {});

 private:
  void Approve(PersonRow owner, const Templates::Key& key, const std::string& id);

  Ledger& ledger_;
  Timeline& timeline_;
};

}  // namespace parley::sim::network
