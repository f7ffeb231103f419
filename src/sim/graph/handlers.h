// The handlers behind the route table, by topic.
#pragma once

#include "sim/graph/call.h"

namespace parley::sim::graph {

// messages.cc
base::Task<Answer> PostMessage(const Call* call);

// nodes.cc
base::Task<Answer> GetNode(const Call* call);
base::Task<Answer> PostNode(const Call* call);
base::Task<Answer> DeleteNode(const Call* call);
base::Task<Answer> ListNumbers(const Call* call);
base::Task<Answer> RegisterNumber(const Call* call);
base::Task<Answer> DeregisterNumber(const Call* call);
base::Task<Answer> DebugToken(const Call* call);

// media.cc
base::Task<Answer> UploadMedia(const Call* call);
base::Task<Answer> DownloadMedia(const Call* call);
Answer MediaAnswer(const Call& call);   // of the node
Answer MediaRemoved(const Call& call);  // the node goes

// uploads.cc
inline constexpr std::string_view kUploadHead = "upload:";  // of a session's id
base::Task<Answer> StartUpload(const Call* call);
Answer UploadAnswer(const Call& call);  // the bytes of the session
// nullopt: the handle stands for nothing of this app.
std::optional<Upload> UploadOfHandle(const Call& call, std::string_view handle);

// templates.cc
base::Task<Answer> CreateTemplate(const Call* call);
base::Task<Answer> ListTemplates(const Call* call);
base::Task<Answer> DeleteTemplate(const Call* call);
std::optional<Answer> TemplateAnswer(const Call& call);  // nullopt: the node is no template

// profile.cc
base::Task<Answer> GetProfile(const Call* call);
base::Task<Answer> SetProfile(const Call* call);
base::Task<Answer> GetCommerce(const Call* call);
base::Task<Answer> SetCommerce(const Call* call);
base::Task<Answer> ListBlocks(const Call* call);
base::Task<Answer> BlockUsers(const Call* call);
base::Task<Answer> UnblockUsers(const Call* call);

// analytics.cc
base::Task<Answer> GetTemplateAnalytics(const Call* call);

// subscriptions.cc
base::Task<Answer> ListSubscribedApps(const Call* call);
base::Task<Answer> SubscribeApp(const Call* call);
base::Task<Answer> UnsubscribeApp(const Call* call);
base::Task<Answer> ListSubscriptions(const Call* call);
base::Task<Answer> SetSubscription(const Call* call);

}  // namespace parley::sim::graph
