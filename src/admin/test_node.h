// A node for tests, which is as the test says.
#pragma once

#include <string>

#include "admin/node.h"

namespace parley::admin {

class TestNode final : public Node {
 public:
  base::Time started;
  bool crashed = false;
  Load load;
  mutable int asked_for_load = 0;

  base::Time started_at() const override { return started; }
  bool started_after_crash() const override { return crashed; }
  bool is_serving() const override { return true; }
  NodeFigures Figures() const override { return {}; }
  Load CurrentLoad() const override {
    ++asked_for_load;
    return load;
  }
  const std::string& OpenApi() override { return openapi_; }
  base::Task<base::Result<BackupView>> Backup(std::string, bool) override {
    co_return base::ErrorCode::kNotSupported;
  }
  base::Result<NativeClientView> NativeClient() const override {
    return base::ErrorCode::kNotSupported;
  }
  base::Result<NativeClientView> ChangeNativeClient(const NativeClientChange&) override {
    return base::ErrorCode::kNotSupported;
  }
  base::Task<base::Result<CloudCheckView>> CheckCloud(core::ChannelId, core::CloudCredentials,
                                                      std::string) override {
    co_return base::ErrorCode::kNotSupported;
  }

 private:
  std::string openapi_;
};

}  // namespace parley::admin
