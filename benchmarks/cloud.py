"""./bench cloud: channels on the Cloud API against the simulated Graph, gateway and network as processes
of their own; the webhooks of the intake come from the load generator, signed.

Standard library only.
"""
import concurrent.futures
import json
import os
import time

from multidevice import TEXT, Network, Program, resident_kb, wait_for

PEOPLE = 100  # who is written to; bench_load numbers them from 15560000 on
FIRST_NUMBER = 15_590_000_000
# Meta takes 1,000 messages a second of a number, and so does the simulated Graph.
SENDERS = 4


class Sizes:
    """How much of everything."""

    def __init__(self, quick):
        self.channels = 100 if quick else 1000
        self.messages = 2000 if quick else 20_000
        self.webhooks = 4000 if quick else 40_000
        self.settle = 5.0 if quick else 20.0


class CloudGateway(Program):
    def __init__(self, bench, data, network):
        self.bench = bench
        super().__init__(bench, data, "serve", "--listen", "127.0.0.1:0", "--log-level", "warning",
                         "--cloud-url", network.url + "/graph", "--allow-networks", "127.0.0.0/8")

        def base():
            self.check()
            try:
                shown = json.loads((data / "server.json").read_text())
            except (OSError, ValueError):
                return None
            return shown["base_url"] if shown["pid"] == self.process.pid else None
        self.base = wait_for("the gateway", base, pause=0.002)
        self.token = (data / "admin.token").read_text().strip()
        self.account = self.api().call("POST", "/parley/v1/accounts", {"name": "Bench"})["account_id"]

    def api(self):
        return self.bench.http(self.base, {"Authorization": "Bearer " + self.token})

    def messages(self, status):
        name = f'parley_messages_total{{status="{status}"}} '
        for line in self.bench.metrics(self.base).splitlines():
            if line.startswith(name):
                return int(float(line.removeprefix(name)))
        return 0


class Channel:
    """A number on the simulated Graph, and the channel that it is in the gateway."""

    def __init__(self, gateway, network, number):
        node = network.ask("POST", "/cloud/numbers", {"number": f"+{number}", "name": "Shop"})
        credentials = {name: node[name] for name in
                       ("phone_number_id", "business_account_id", "access_token", "app_secret")}
        api = gateway.api()
        made = api.call("POST", f"/parley/v1/accounts/{gateway.account}/channels",
                        {"link": "cloud", "cloud": credentials})
        self.path = f"/parley/v1/accounts/{gateway.account}/channels/{made['channel_id']}"
        self.hook = api.call("GET", self.path + "/cloud")
        self.number, self.node = number, node
        network.ask("PATCH", "/cloud/numbers/" + node["phone_number_id"], {
            "webhook_url": self.hook["webhook_url"], "verify_token": self.hook["verify_token"],
            "pair_limit": False, "throughput": "HIGH"})


class Cloud:
    def __init__(self, bench, quick, folder, echo):
        self.bench, self.folder, self.echo = bench, folder, echo
        self.sizes = Sizes(quick)

    def run(self):
        network = Network(self.bench, self.folder / "network")
        network.add_people(15_560_000, PEOPLE)
        gateway = CloudGateway(self.bench, self.folder / "gateway", network)
        senders = self.memory(gateway, network)
        self.sending(gateway, network, senders)
        self.intake(gateway, senders[0])
        gateway.stop()
        network.stop()

    def row(self, name, figure, reference=""):
        self.bench.row("cloud, " + name, "", figure, reference)

    def memory(self, gateway, network):
        before = resident_kb(gateway.process.pid)
        count = self.sizes.channels
        channels = [Channel(gateway, network, FIRST_NUMBER + i) for i in range(count)]
        connected = f'parley_channels{{state="connected"}} {count}'
        wait_for("all channels", lambda: connected in self.bench.metrics(gateway.base), pause=0.2)
        time.sleep(self.sizes.settle)
        after = resident_kb(gateway.process.pid)
        self.row(f"memory, each of {count:,} idle channels", f"{(after - before) / count:.1f} KiB",
                 f"{before / 1024:.1f} MB without channels")
        return channels[:SENDERS]

    def sending(self, gateway, network, senders):
        for channel in senders:
            for person in range(PEOPLE):
                network.ask("POST", f"/people/+{15_560_000 + person}/send",
                            {"to": f"+{channel.number}", "kind": "text", "text": "Hello"})
        wait_for("the windows", lambda: gateway.messages("received") >= PEOPLE * len(senders), pause=0.05)
        keys = [gateway.api().call("POST", channel.path + "/keys", {"dialect": "wapio"})["key"]
                for channel in senders]
        each = self.sizes.messages // len(senders)
        delivered = gateway.messages("delivered")
        began, used, theirs = time.monotonic(), gateway.cpu_seconds(), network.cpu_seconds()
        with concurrent.futures.ThreadPoolExecutor(len(keys)) as pool:
            loads = [pool.submit(self.bench.load, self.bench.binaries, gateway.base,
                                 self.bench.send_request(key), 16, requests=each, chats=PEOPLE) for key in keys]
            for one in loads:
                self.bench.only(one.result(), 202)
        count = each * len(keys)
        wait_for("the last receipt", lambda: gateway.messages("delivered") >= delivered + count, pause=0.05)
        seconds = time.monotonic() - began
        own = (gateway.cpu_seconds() - used) / count
        other = (network.cpu_seconds() - theirs) / count
        self.row(f"messages sent to their receipts, {len(keys)} numbers", f"{count / seconds:,.0f}/s",
                 f"{own * 1e6:.0f} µs of processor each, {1 / own:,.0f} per core; "
                 f"the network {other * 1e6:.0f} µs")

    def intake(self, gateway, channel):
        message = {"from": "@TO@", "id": "wamid.bench@RUN@-@N@", "timestamp": str(int(time.time())),
                   "type": "text", "text": {"body": TEXT}}
        value = {"messaging_product": "whatsapp",
                 "metadata": {"display_phone_number": str(channel.number),
                              "phone_number_id": channel.node["phone_number_id"]},
                 "contacts": [{"profile": {"name": "P"}, "wa_id": "@TO@"}], "messages": [message]}
        body = {"object": "whatsapp_business_account", "entry": [
            {"id": channel.node["business_account_id"], "changes": [{"field": "messages", "value": value}]}]}
        path = channel.hook["webhook_url"].removeprefix(gateway.base)
        request = "\n".join([f"POST {path} HTTP/1.1", "Host: bench", "Content-Type: application/json",
                             "X-Hub-Signature-256: sha256=@HMAC@"]) + "\n\n" + json.dumps(body)
        os.environ["BENCH_SECRET"] = channel.node["app_secret"]
        received, used = gateway.messages("received"), gateway.cpu_seconds()
        began = time.monotonic()
        result = self.bench.only(self.bench.load(self.bench.binaries, gateway.base, request, 64,
                                                 requests=self.sizes.webhooks, chats=PEOPLE), 200)
        wait_for("the last message", lambda: gateway.messages("received") >= received + self.sizes.webhooks,
                 pause=0.01)
        behind = time.monotonic() - began - result["seconds"]
        own = (gateway.cpu_seconds() - used) / self.sizes.webhooks
        echoed = self.echo(64)["per_second"]
        self.row("webhooks taken, one number, 64 at once",
                 f"{result['per_second']:,.0f}/s  p99 {result['p99_ms']:.1f} ms",
                 f"{result['per_second'] / echoed:.0%} of the echo's {echoed:,.0f}/s; "
                 f"{own * 1e6:.0f} µs of processor up to the stored message, the last {behind * 1000:.0f} ms after")
