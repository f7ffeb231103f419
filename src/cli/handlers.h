// The functions behind the rows of commands.cc, by topic.
#pragma once

#include "cli/command.h"

namespace parley::cli {

// accounts.cc
base::Result<int> ListAccounts(Session& session);
base::Result<int> CreateAccount(Session& session);
base::Result<int> ShowAccount(Session& session);
base::Result<int> SetAccount(Session& session);

// keys.cc
base::Result<int> ListKeys(Session& session);
base::Result<int> CreateKey(Session& session);
base::Result<int> RenewKey(Session& session);
base::Result<int> RevokeKey(Session& session);
base::Result<int> CreateChannelKey(Session& session);

// channels.cc
base::Result<int> ListChannels(Session& session);
base::Result<int> CreateChannel(Session& session);
base::Result<int> ShowChannel(Session& session);
base::Result<int> ConnectChannel(Session& session);
base::Result<int> DisconnectChannel(Session& session);
base::Result<int> DeleteChannel(Session& session);
base::Result<int> CheckChannel(Session& session);

// pairing.cc
base::Result<int> PairChannel(Session& session);

// events.cc
base::Result<int> ShowEvents(Session& session);

// webhooks.cc
base::Result<int> ListWebhooks(Session& session);
base::Result<int> EnableWebhook(Session& session);
base::Result<int> SetWebhookSecret(Session& session);
base::Result<int> ListDeliveries(Session& session);
base::Result<int> ReplayDeliveries(Session& session);

// folder.cc
base::Result<int> Check(Session& session);
base::Result<int> Migrate(Session& session);
base::Result<int> Backup(Session& session);
base::Result<int> Restore(Session& session);
base::Result<int> WriteDocs(Session& session);
base::Result<int> ShowVersion(Session& session);

}  // namespace parley::cli
