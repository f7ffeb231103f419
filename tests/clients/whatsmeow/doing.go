// What a peer is asked to do, and what it tells.
package main

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// What is sent, in the words of Baileys' users.
type content struct {
	Text  *string `json:"text"`
	Edit  *key    `json:"edit"`
	React *struct {
		Text string `json:"text"`
		Key  key    `json:"key"`
	} `json:"react"`
	Delete   *key `json:"delete"`
	Location *struct {
		DegreesLatitude  float64 `json:"degreesLatitude"`
		DegreesLongitude float64 `json:"degreesLongitude"`
		Name             string  `json:"name"`
	} `json:"location"`
	Contacts *struct {
		DisplayName string `json:"displayName"`
		Contacts    []struct {
			Vcard string `json:"vcard"`
		} `json:"contacts"`
	} `json:"contacts"`
	Poll *struct {
		Name            string   `json:"name"`
		Values          []string `json:"values"`
		SelectableCount int      `json:"selectableCount"`
	} `json:"poll"`
	Quoted string `json:"quoted"` // an id
}

type key struct {
	ID     string `json:"id"`
	FromMe bool   `json:"fromMe"`
}

func (p *peer) known(id string) (*events.Message, error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if message := p.came[id]; message != nil {
		return message, nil
	}
	return nil, fmt.Errorf("message %s did not come", id)
}

// Who wrote it, for whatsmeow: nobody means oneself.
func authorOf(chat types.JID, key key) types.JID {
	if key.FromMe {
		return types.EmptyJID
	}
	return chat
}

func (p *peer) messageOf(chat types.JID, what content) (*waE2E.Message, error) {
	switch {
	case what.React != nil:
		return p.client.BuildReaction(chat, authorOf(chat, what.React.Key), what.React.Key.ID,
			what.React.Text), nil
	case what.Delete != nil:
		return p.client.BuildRevoke(chat, authorOf(chat, *what.Delete), what.Delete.ID), nil
	case what.Edit != nil:
		return p.client.BuildEdit(chat, what.Edit.ID, &waE2E.Message{Conversation: what.Text}), nil
	case what.Location != nil:
		place := what.Location
		return &waE2E.Message{LocationMessage: &waE2E.LocationMessage{
			DegreesLatitude: &place.DegreesLatitude, DegreesLongitude: &place.DegreesLongitude,
			Name: &place.Name}}, nil
	case what.Contacts != nil:
		return &waE2E.Message{ContactMessage: &waE2E.ContactMessage{
			DisplayName: &what.Contacts.DisplayName, Vcard: &what.Contacts.Contacts[0].Vcard}}, nil
	case what.Poll != nil:
		return p.client.BuildPollCreation(what.Poll.Name, what.Poll.Values,
			what.Poll.SelectableCount), nil
	case what.Quoted != "":
		quoted, err := p.known(what.Quoted)
		if err != nil {
			return nil, err
		}
		return &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{Text: what.Text,
			ContextInfo: &waE2E.ContextInfo{
				StanzaID:      proto.String(quoted.Info.ID),
				Participant:   proto.String(quoted.Info.Sender.ToNonAD().String()),
				QuotedMessage: quoted.Message}}}, nil
	}
	return &waE2E.Message{Conversation: what.Text}, nil
}

func (p *peer) send(to string, what content) (any, error) {
	chat, err := types.ParseJID(to)
	if err != nil {
		return nil, err
	}
	message, err := p.messageOf(chat, what)
	if err != nil {
		return nil, err
	}
	sent, err := p.client.SendMessage(background, chat, message)
	return object{"id": sent.ID, "fromMe": true, "remoteJid": to}, err
}

func (p *peer) vote(id string, options []string) (any, error) {
	poll, err := p.known(id)
	if err != nil {
		return nil, err
	}
	vote, err := p.client.BuildPollVote(background, &poll.Info, options)
	if err != nil {
		return nil, err
	}
	_, err = p.client.SendMessage(background, poll.Info.Chat, vote)
	return nil, err
}

func (p *peer) do(asked request) (any, error) {
	jid, _ := types.ParseJID(asked.To)
	switch asked.Do {
	case "start":
		err := p.start(asked.URL)
		if err != nil {
			p.tell("closed", object{"code": 0, "why": err.Error()})
		}
		return nil, nil
	case "stop":
		p.client.Disconnect()
		return nil, nil
	case "own":
		return object{"id": p.device.GetJID().String(), "lid": p.device.GetLID().String()}, nil
	case "code":
		return p.client.PairPhone(background, asked.To, true, whatsmeow.PairClientChrome,
			"Chrome (Linux)")
	case "send":
		var what content
		if err := json.Unmarshal(asked.What, &what); err != nil {
			return nil, err
		}
		return p.send(asked.To, what)
	case "vote":
		return p.vote(asked.ID, asked.Names)
	case "read":
		message, err := p.known(asked.ID)
		if err != nil {
			return nil, err
		}
		return nil, p.client.MarkRead(background, []types.MessageID{asked.ID}, message.Info.Timestamp,
			message.Info.Chat, message.Info.Sender)
	case "watch":
		return nil, p.client.SubscribePresence(background, jid)
	case "show":
		return nil, p.client.SendChatPresence(background, jid, types.ChatPresence(asked.Name),
			types.ChatPresenceMediaText)
	case "lookUp":
		found, err := p.client.IsOnWhatsApp(background, asked.Names)
		shown := [][]any{}
		for _, one := range found {
			if one.IsIn {
				shown = append(shown, []any{one.JID.String(), true})
			}
		}
		return shown, err
	case "block":
		_, err := p.client.UpdateBlocklist(background, jid, events.BlocklistChangeActionBlock)
		return nil, err
	case "blocked":
		list, err := p.client.GetBlocklist(background)
		if err != nil {
			return nil, err
		}
		return list.JIDs, nil
	case "picture":
		return p.picture(jid)
	case "setPicture":
		bytes, err := base64.StdEncoding.DecodeString(asked.Text)
		if err != nil {
			return nil, err
		}
		_, err = p.client.SetGroupPhoto(background, p.device.GetJID().ToNonAD(), bytes)
		return nil, err
	case "about":
		_, err := p.client.GetUserInfo(background, []types.JID{jid})
		return nil, err
	case "setAbout":
		return nil, p.client.SetStatusMessage(background, asked.Text)
	case "logOut":
		return nil, p.client.Logout(background)
	case "payload":
		return proto.Marshal(p.device.GetClientPayload())
	case "rejectCall":
		return nil, p.client.RejectCall(background, jid, asked.ID)
	}
	return nil, fmt.Errorf("what is %q?", asked.Do)
}

func (p *peer) picture(of types.JID) (any, error) {
	found, err := p.client.GetProfilePictureInfo(background, of, nil)
	switch {
	case errors.Is(err, whatsmeow.ErrProfilePictureNotSet):
		return object{"error": 404}, nil
	case errors.Is(err, whatsmeow.ErrProfilePictureUnauthorized):
		return object{"error": 401}, nil
	case err != nil:
		return nil, err
	}
	return object{"url": found.URL}, nil
}

// The number of whom it stands for, when that is known.
func (p *peer) numberOf(jid, other types.JID) string {
	if jid.Server != types.HiddenUserServer {
		return jid.ToNonAD().String()
	}
	if other.Server == types.DefaultUserServer {
		return other.ToNonAD().String()
	}
	if found, err := p.device.LIDs.GetPNForLID(background, jid); err == nil && !found.IsEmpty() {
		return found.ToNonAD().String()
	}
	return jid.ToNonAD().String()
}

func (p *peer) onMessage(came *events.Message) {
	p.lock.Lock()
	p.came[came.Info.ID] = came
	p.lock.Unlock()
	other := came.Info.SenderAlt
	if came.Info.IsFromMe {
		other = came.Info.RecipientAlt
	}
	shown, err := protojson.Marshal(came.Message)
	if err != nil {
		panic(err)
	}
	p.tell("message", object{
		"key": object{"id": came.Info.ID, "fromMe": came.Info.IsFromMe,
			"remoteJid": p.numberOf(came.Info.Chat, other)},
		"pushName": came.Info.PushName, "message": json.RawMessage(shown)})
}

func (p *peer) onCall(status string, call types.BasicCallMeta, data bool) {
	p.tell("call", object{"id": call.CallID, "status": status, "video": data,
		"from": p.numberOf(call.CallCreator, call.CallCreatorAlt)})
}

func (p *peer) onEvent(event any) {
	switch what := event.(type) {
	case *events.QR:
		p.tell("qr", object{"qr": what.Codes[0]})
	case *events.PairSuccess:
		p.tell("paired", nil) // and restarts by itself
	case *events.PairError:
		p.tell("closed", object{"code": 0, "why": what.Error.Error()})
	case *events.Connected:
		p.tell("connected", nil)
	case *events.OfflineSyncCompleted:
		p.tell("online", nil)
	case *events.Disconnected:
		p.tell("closed", object{"code": 503, "why": "disconnected"})
	case *events.LoggedOut:
		p.tell("closed", object{"code": 401, "why": what.Reason.String()})
	case *events.StreamReplaced:
		p.tell("closed", object{"code": 440, "why": "replaced"})
	case *events.ConnectFailure:
		p.tell("closed", object{"code": int(what.Reason), "why": what.Message})
	case *events.HistorySync:
		p.tell("history", nil)
	case *events.Message:
		p.onMessage(what)
	case *events.Receipt:
		p.tell("receipt", object{"ids": what.MessageIDs, "type": string(what.Type)})
	case *events.Presence:
		kind := "available"
		if what.Unavailable {
			kind = "unavailable"
		}
		p.tell("presence", object{"who": p.numberOf(what.From, types.EmptyJID), "kind": kind})
	case *events.ChatPresence:
		p.tell("presence", object{"who": p.numberOf(what.Chat, what.SenderAlt), "kind": string(what.State)})
	case *events.Picture:
		p.tell("picture", object{"who": p.numberOf(what.JID, types.EmptyJID), "removed": what.Remove})
	case *events.CallOffer:
		_, video := what.Data.GetOptionalChildByTag("video")
		p.onCall("offer", what.BasicCallMeta, video)
	case *events.CallTerminate:
		p.onCall("terminate", what.BasicCallMeta, false)
	}
}
