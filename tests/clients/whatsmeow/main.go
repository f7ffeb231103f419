// Drives unmodified whatsmeow for the stories of ../multidevice: requests and what happens, one JSON
// document a line. Only what whatsmeow exports is used: the root key of the servers' certificates is a
// variable of its own, and its address is that of the HTTP client that it is given.
//
//	< {"n": 1, "client": "A", "do": "start", "url": "ws://127.0.0.1:8081/ws/chat"}
//	> {"n": 1, "result": ...} or {"n": 1, "error": "..."}
//	> {"client": "A", "event": "qr", ...}
package main

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	_ "github.com/mattn/go-sqlite3"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/store/sqlstore"
	"go.mau.fi/whatsmeow/types/events"
	waLog "go.mau.fi/whatsmeow/util/log"
)

type request struct {
	N      int             `json:"n"`
	Client string          `json:"client"`
	Do     string          `json:"do"`
	URL    string          `json:"url"`
	Text   string          `json:"text"`
	Name   string          `json:"name"`
	To     string          `json:"to"`
	ID     string          `json:"id"`
	FromMe bool            `json:"fromMe"`
	Names  []string        `json:"names"`
	What   json.RawMessage `json:"what"`
}

type object = map[string]any

var background = context.Background()

// Writes lines, one at a time.
type output struct {
	lock sync.Mutex
	file *os.File
}

func (out *output) put(line object) {
	text, err := json.Marshal(line)
	if err != nil {
		panic(err)
	}
	out.lock.Lock()
	defer out.lock.Unlock()
	fmt.Fprintf(out.file, "%s\n", text)
}

// To the given address, whatever host is asked for.
type elsewhere struct {
	url  *url.URL
	next http.RoundTripper
}

func (e elsewhere) RoundTrip(request *http.Request) (*http.Response, error) {
	sent := request.Clone(request.Context())
	sent.URL = &url.URL{Scheme: "http", Host: e.url.Host, Path: e.url.Path}
	sent.Host = e.url.Host
	return e.next.RoundTrip(sent)
}

// Tells of the stanzas that are sent; whatsmeow's log has them.
type stanzaLog struct {
	waLog.Logger
	peer *peer
	told bool
}

func (log stanzaLog) Sub(module string) waLog.Logger {
	return stanzaLog{log.Logger, log.peer, module == "Send"}
}

func (log stanzaLog) Debugf(_ string, args ...any) {
	if log.told && len(args) == 1 {
		log.peer.tell("sent", object{"xml": args[0]})
	}
}

// One device, and what it knows of messages.
type peer struct {
	name   string
	out    *output
	device *store.Device
	client *whatsmeow.Client

	lock sync.Mutex
	came map[string]*events.Message
}

func (p *peer) tell(event string, more object) {
	line := object{"client": p.name, "event": event}
	for key, value := range more {
		line[key] = value
	}
	p.out.put(line)
}

func newDevice(folder, name string) (*store.Device, error) {
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(folder, name)+
		".db?_foreign_keys=on&_journal_mode=WAL&_synchronous=OFF&_busy_timeout=10000")
	if err != nil {
		return nil, err
	}
	container := sqlstore.NewWithDB(db, "sqlite3", nil)
	if err := container.Upgrade(background); err != nil {
		return nil, err
	}
	return container.NewDevice(), nil
}

func (p *peer) start(address string) error {
	target, err := url.Parse(address)
	if err != nil {
		return err
	}
	p.client = whatsmeow.NewClient(p.device, stanzaLog{waLog.Noop, p, false})
	p.client.EnableAutoReconnect = false
	way := &http.Client{Transport: elsewhere{target, &http.Transport{}}}
	p.client.SetWebsocketHTTPClient(way)
	p.client.SetPreLoginHTTPClient(way)
	p.client.AddEventHandler(p.onEvent)
	return p.client.Connect()
}

func trust(text string) error {
	key, err := hex.DecodeString(text)
	if err != nil || len(key) != len(whatsmeow.WACertPubKey) {
		return fmt.Errorf("not a root key: %q", text)
	}
	copy(whatsmeow.WACertPubKey[:], key)
	return nil
}

// The peer's own device, or the one of another peer.
func makePeer(folder, twin string, asked request, peers map[string]*peer, out *output) (*peer, error) {
	made := &peer{name: asked.Client, out: out, came: map[string]*events.Message{}}
	if first := peers[twin]; first != nil {
		made.device = first.device
		return made, nil
	}
	device, err := newDevice(folder, asked.Client)
	made.device = device
	return made, err
}

func main() {
	folder, err := os.MkdirTemp("", "whatsmeow-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	out := &output{file: os.Stdout}
	os.Stdout = os.Stderr // libsignal writes there
	peers := map[string]*peer{}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var asked request
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			panic(err)
		}
		if asked.Do == "trust" {
			if err := trust(asked.Text); err != nil {
				panic(err)
			}
			continue
		}
		if peers[asked.Client] == nil {
			made, err := makePeer(folder, asked.Name, asked, peers, out)
			if err != nil {
				panic(err)
			}
			peers[asked.Client] = made
		}
		// Sending waits for the server's answer; others go on meanwhile.
		go peers[asked.Client].answer(asked)
	}
}

func (p *peer) answer(asked request) {
	result, err := p.do(asked)
	if err != nil {
		p.out.put(object{"n": asked.N, "error": err.Error()})
		return
	}
	p.out.put(object{"n": asked.N, "result": result})
}
