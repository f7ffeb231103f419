// What the admin API answers, as far as the page uses it (docs/api/admin.md). Times are RFC 3339 texts.

export interface Account {
  account_id: string;
  name: string;
  plan: string;
  on_trial: boolean;
  expires_at?: string | null;
  blocked: boolean;
  block_reason?: string | null;
  requests_per_minute: number;
  burst: number;
  messages_per_month: number;
  messages_this_month?: number;
  settings: Record<string, unknown>;
  has_transcription_key: boolean;
  created_at: string;
}

export interface Key {
  fingerprint: string;
  previous_fingerprint?: string | null;
  dialect: Dialect;
  label: string;
  channel_id?: string | null;
  created_at: string;
}

// The one answer that has the key itself in it.
export interface NewKey {
  key: string;
  details: Key;
}

export type ChannelState =
  | "pending"
  | "pairing"
  | "connecting"
  | "connected"
  | "disconnected"
  | "logged_out"
  | "deleting"
  | "deleted";

export type LinkKind = "simulated" | "multidevice" | "cloud";

export interface ChannelSettings {
  account_protection: boolean;
  read_incoming: boolean;
  auto_reject_calls: boolean;
  always_online: boolean;
  ignore_groups: boolean;
  ignore_broadcasts: boolean;
  ignore_channels: boolean;
  typing: boolean;
  history_enabled: boolean;
  ack_notifications: boolean;
  raw_hooks: boolean;
  guaranteed_hooks: boolean;
}

export interface Channel {
  channel_id: string;
  account_id: string;
  label: string;
  phone?: string | null;
  code: string;
  link: LinkKind;
  link_profile: string;
  state: ChannelState;
  state_reason?: string | null;
  enabled: boolean;
  settings: ChannelSettings;
  profile: { push_name?: string; platform?: string; lid?: string; is_business?: boolean };
  created_at: string;
  updated_at: string;
  connected_at?: string | null;
}

export interface Pairing {
  qr?: string | null;
  code?: string | null;
  expires_at?: string | number | null; // in events: Unix milliseconds
}

export interface StateChange {
  at: string;
  state: ChannelState;
  reason?: string | null;
}

export interface CloudCredentials {
  phone_number_id: string;
  business_account_id: string;
  webhook_url: string;
  verify_token: string;
  app_secret_proof: boolean;
}

export interface Finding {
  check: string;
  ok: boolean;
  text: string;
  fix?: string | null;
}

export type Dialect = "2chat" | "wapio" | "1msg";

export interface Subscription {
  subscription_id: string;
  account_id: string;
  channel_id?: string | null;
  dialect: Dialect;
  url: string;
  events: string[];
  state: "active" | "off" | "disabled";
  state_reason?: string | null;
  failing_since?: string | null;
  behind: boolean;
  created_at: string;
}

export type DeliveryState = "waiting" | "parked" | "done" | "dead";

export interface Delivery {
  subscription_id: string;
  position: number;
  name: string;
  state: DeliveryState;
  attempts: number;
  next_at?: string | null;
  last_status?: number | null;
  last_error?: string | null;
  duration_ms: number;
  finished_at?: string | null;
}

export interface Post {
  url: string;
  headers: { name: string; value: string }[];
  body: string;
}

export interface DeliveryDetail extends Delivery {
  request?: Post | null; // null: the event is no longer kept
  answer?: { status?: number | null; body?: string | null } | null;
}

// Names of events: of the log, and what each dialect's webhooks can be about.
export type EventNames = Record<"log" | Dialect, string[]>;

export interface TestResult {
  status?: number | null;
  error?: string | null;
  duration_ms: number;
  request: Post;
  response?: string | null;
}

export interface LoggedEvent {
  position: number;
  id: string;
  name: string;
  at: string;
  account_id: string;
  channel_id?: string | null;
  body: Record<string, unknown>;
}

export interface EventDetail extends LoggedEvent {
  shapes?: Record<string, { name: string; body: unknown }[]>;
}

export interface NodeView {
  version: string;
  started_at: string;
  uptime_seconds: number;
  simulated_network?: boolean;
  demo?: boolean;
  events: { oldest: number; last: number };
  channels: { state: string; count: number }[];
  store: { commits: number; queued: number; queue_limit: number };
  deliverer: { queued: number; queue_limit: number; in_flight: number; paused: number; behind: number };
  media: {
    waiting: number;
    waiting_limit: number;
    inspections_waiting: number;
    stored_bytes: number;
    stored_bytes_limit: number;
  };
  transcriptions: { running: number; waiting: number };
  server: { connections: number; connections_limit: number };
  followers: { waiting: number; limit: number };
  process: {
    memory_bytes: number;
    open_files: number;
    open_files_limit: number;
    disk_bytes?: number;
    disk_free_bytes?: number;
  };
}

export interface NodeOption {
  name: string;
  value?: string | null;
  default: string;
  source: "default" | "file" | "environment" | "flag";
  help: string;
  secret: boolean;
}

export interface NativeClient {
  version: string;
  browser: string;
  os: string;
}

export interface BackupResult {
  folder: string;
  files: number;
  bytes: number;
  copied: number;
  schema: number;
  key_included: boolean;
  key_fingerprint: string;
  damaged: string[];
}

export interface Attention {
  kind: string;
  severity: "error" | "warning";
  text: string;
  account_id?: string | null;
  channel_id?: string | null;
  subscription_id?: string | null;
  since?: string | null;
}

export interface Overview {
  now: string;
  step_seconds: number;
  from: string;
  channels: { state: string; count: number }[];
  series: Record<string, (number | null)[]>;
  totals: Record<string, number>;
  attention: Attention[];
}

export interface Operation {
  operation_id: string;
  state: string;
  error?: string | null;
}

export interface Contact {
  contact_id: string;
  chat: string;
  name: string;
  phone?: string | null;
  push_name?: string | null;
  verified_name?: string | null;
  is_business: boolean;
  created_at: string;
}

export interface Group {
  group: string;
  group_id: string;
  subject: string;
  description: string;
  owner?: string | null;
  role?: string | null;
  size: number;
  announce: boolean;
  restrict: boolean;
  join_approval: boolean;
  members_add: boolean;
  is_muted: boolean;
  created_at: string;
}

export interface Participant {
  chat: string;
  name: string;
  phone?: string | null;
  role: "member" | "admin" | "superadmin";
  joined_at: string;
  me: boolean;
}

export interface GroupDetail {
  group: Group;
  picture?: string | null;
  participants: Participant[];
}

export interface NewGroup {
  group: Group;
  results: { chat: string; status: number }[];
}

// Components are as in Meta's Cloud API.
export interface MessageTemplate {
  template_id: string;
  name: string;
  language: string;
  category: string;
  status: "pending" | "approved" | "rejected" | "paused";
  reason?: string | null;
  components: unknown;
}
