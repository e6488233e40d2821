/* ns.h - the namespaces that are read or written here.
 *
 * Layer: xmpp. libstrophe has the names of RFC 6120 and 6121.
 */
#ifndef BOT_NS_H
#define BOT_NS_H

#define NS_BLOCKING "urn:xmpp:blocking"                         /* XEP-0191 */
#define NS_CAPS "http://jabber.org/protocol/caps"               /* XEP-0115 */
#define NS_CARBONS "urn:xmpp:carbons:2"                         /* XEP-0280 */
#define NS_CHAT_STATES "http://jabber.org/protocol/chatstates"  /* XEP-0085 */
#define NS_COMMANDS "http://jabber.org/protocol/commands"       /* XEP-0050 */
#define NS_CONFERENCE "jabber:x:conference"                     /* XEP-0249 */
#define NS_CORRECT "urn:xmpp:message-correct:0"                 /* XEP-0308 */
#define NS_DATA_FORM "jabber:x:data"                            /* XEP-0004 */
#define NS_DELAY "urn:xmpp:delay"                               /* XEP-0203 */
#define NS_DISCO_INFO "http://jabber.org/protocol/disco#info"   /* XEP-0030 */
#define NS_DISCO_ITEMS "http://jabber.org/protocol/disco#items" /* XEP-0030 */
#define NS_EME "urn:xmpp:eme:0"                                 /* XEP-0380 */
#define NS_FALLBACK "urn:xmpp:fallback:0"                       /* XEP-0428 */
#define NS_FASTEN "urn:xmpp:fasten:0"                           /* XEP-0422 */
#define NS_FORWARD "urn:xmpp:forward:0"                         /* XEP-0297 */
#define NS_HINTS "urn:xmpp:hints"                               /* XEP-0334 */
#define NS_LAST "jabber:iq:last"                                /* XEP-0012 */
#define NS_MAM "urn:xmpp:mam:2"                                 /* XEP-0313 */
#define NS_MARKERS "urn:xmpp:chat-markers:0"                    /* XEP-0333 */
#define NS_MODERATE "urn:xmpp:message-moderate:1"               /* XEP-0425 */
#define NS_MODERATE_LEGACY "urn:xmpp:message-moderate:0"        /* XEP-0425 before 0.3 */
#define NS_MUC "http://jabber.org/protocol/muc"                 /* XEP-0045 */
#define NS_MUC_OWNER "http://jabber.org/protocol/muc#owner"     /* XEP-0045 */
#define NS_MUC_USER "http://jabber.org/protocol/muc#user"       /* XEP-0045 */
#define NS_NICK "http://jabber.org/protocol/nick"               /* XEP-0172 */
#define NS_OCCUPANT_ID "urn:xmpp:occupant-id:0"                 /* XEP-0421 */
#define NS_OMEMO "urn:xmpp:omemo:2"                             /* XEP-0384 */
#define NS_OMEMO_LEGACY "eu.siacs.conversations.axolotl"        /* XEP-0384 before 0.4 */
#define NS_OOB "jabber:x:oob"                                   /* XEP-0066 */
#define NS_OPENPGP "urn:xmpp:openpgp:0"                         /* XEP-0373 */
#define NS_OPENPGP_LEGACY "jabber:x:encrypted"                  /* XEP-0027 */
#define NS_PING "urn:xmpp:ping"                                 /* XEP-0199 */
#define NS_PUBSUB "http://jabber.org/protocol/pubsub"           /* XEP-0060, XEP-0163 */
#define NS_REACTIONS "urn:xmpp:reactions:0"                     /* XEP-0444 */
#define NS_RECEIPTS "urn:xmpp:receipts"                         /* XEP-0184 */
#define NS_REFERENCE "urn:xmpp:reference:0"                     /* XEP-0372 */
#define NS_REPLY "urn:xmpp:reply:0"                             /* XEP-0461 */
#define NS_REPORTING "urn:xmpp:reporting:1"                     /* XEP-0377 */
#define NS_RETRACT "urn:xmpp:message-retract:1"                 /* XEP-0424 */
#define NS_RETRACT_LEGACY "urn:xmpp:message-retract:0"          /* XEP-0424 before 0.4 */
#define NS_RSM "http://jabber.org/protocol/rsm"                 /* XEP-0059 */
#define NS_SID "urn:xmpp:sid:0"                                 /* XEP-0359 */
#define NS_STYLING "urn:xmpp:styling:0"                         /* XEP-0393 */
#define NS_TIME "urn:xmpp:time"                                 /* XEP-0202 */
#define NS_VCARD "vcard-temp"                                   /* XEP-0054 */
#define NS_VCARD_UPDATE "vcard-temp:x:update"                   /* XEP-0153 */
#define NS_VERSION "jabber:iq:version"                          /* XEP-0092 */

#endif
