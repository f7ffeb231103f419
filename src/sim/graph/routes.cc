#include "sim/graph/routes.h"

#include "sim/graph/handlers.h"

namespace parley::sim::graph {
namespace {

using enum http::Method;

constexpr std::string_view kAny = "";

// The largest document, and what stands around it in the form.
constexpr std::size_t kUploadLimit = (100u << 20) + (64u << 10);

constexpr Row kGraphRoutes[] = {
    {{kPost, "/{id}/messages", "Send a message, or mark one as read"},
     kMessagingPermission,
     &PostMessage},
    {{kGet, "/debug_token", "What a token is"}, kAny, &DebugToken},
    {{kGet, "/{id}/phone_numbers", "The numbers of a business account"},
     kManagementPermission,
     &ListNumbers},
    {{kPost, "/{id}/register", "Register a number"}, kManagementPermission, &RegisterNumber},
    {{kPost, "/{id}/deregister", "Deregister a number"}, kManagementPermission, &DeregisterNumber},
    {{kGet, "/{id}/subscribed_apps", "The apps that hear of an account"},
     kManagementPermission,
     &ListSubscribedApps},
    {{kPost, "/{id}/subscribed_apps", "The app wants to hear of an account"},
     kManagementPermission,
     &SubscribeApp},
    {{kDelete, "/{id}/subscribed_apps", "It does no longer"},
     kManagementPermission,
     &UnsubscribeApp},
    {{kGet, "/{id}/subscriptions", "Where an app hears of things"}, kAny, &ListSubscriptions},
    {{kPost, "/{id}/subscriptions", "Say where"}, kAny, &SetSubscription},
    {{kPost, "/{id}/uploads", "Open a resumable upload"}, kAny, &StartUpload},
    {{kPost, "/{id}/media", "Upload media", nullptr, {}, {}, kUploadLimit},
     kMessagingPermission,
     &UploadMedia},
    {{kGet, "/media/{id}", "Download media by its URL"}, kMessagingPermission, &DownloadMedia},
    {{kGet, "/{id}/message_templates", "List templates"}, kManagementPermission, &ListTemplates},
    {{kPost, "/{id}/message_templates", "Hand in a template"},
     kManagementPermission,
     &CreateTemplate},
    {{kDelete, "/{id}/message_templates", "Delete a template by its name, or name and hsm_id"},
     kManagementPermission,
     &DeleteTemplate},
    {{kGet, "/{id}/template_analytics", "How often templates were sent, delivered and read"},
     kManagementPermission,
     &GetTemplateAnalytics},
    {{kGet, "/{id}/whatsapp_business_profile", "The business profile"},
     kMessagingPermission,
     &GetProfile},
    {{kPost, "/{id}/whatsapp_business_profile", "Change it"}, kMessagingPermission, &SetProfile},
    {{kGet, "/{id}/whatsapp_commerce_settings", "The settings of the shop"},
     kManagementPermission,
     &GetCommerce},
    {{kPost, "/{id}/whatsapp_commerce_settings", "Change them"},
     kManagementPermission,
     &SetCommerce},
    {{kGet, "/{id}/block_users", "Whom the business blocks"}, kMessagingPermission, &ListBlocks},
    {{kPost, "/{id}/block_users", "Block people"}, kMessagingPermission, &BlockUsers},
    {{kDelete, "/{id}/block_users", "Unblock people"}, kMessagingPermission, &UnblockUsers},
    {{kGet, "/{id}", "A number, an account, a template or media"}, kAny, &GetNode},
    {{kDelete, "/{id}", "Delete media"}, kMessagingPermission, &DeleteNode},
    {{kPost,
      "/{id}",
      "Change a number, or send the bytes of an upload",
      nullptr,
      {},
      {},
      kUploadLimit},
     kManagementPermission,
     &PostNode},
};

}  // namespace

std::span<const Row> Routes() { return kGraphRoutes; }

}  // namespace parley::sim::graph
