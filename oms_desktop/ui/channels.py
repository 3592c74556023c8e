"""How the channels that orders come from look on a screen: words and an icon."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChannelLook:
    """Words and icon of a channel."""

    words: str
    icon: str


_LOOKS = {
    "shopify": ChannelLook("Web shop", "globe"),
    "woocommerce": ChannelLook("Web shop", "store"),
    "csv": ChannelLook("File", "list"),
    "json": ChannelLook("Partner", "cable"),
    "desk": ChannelLook("Desk", "monitor"),
    "phone": ChannelLook("Phone", "message-square"),
    "b2b": ChannelLook("B2B", "briefcase"),
    "marketplace": ChannelLook("Marketplace", "store"),
}


def channel_look(channel: str) -> ChannelLook:
    """The look of a channel; an unknown one is shown by its name."""
    return _LOOKS.get(channel.lower(), ChannelLook(channel[:1].upper() + channel[1:], "inbox"))
