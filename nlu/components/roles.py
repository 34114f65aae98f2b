"""Tells answers to a form's questions from wishes; `nlu.classifier.roles` decides."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.classifier.roles import Roles
from nlu.components.kept import Kept

REPLIES = "jawaban/"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ChatRoles(Kept):
    """Adds `roles`: how likely a message is a wish, a name, a place, an account, a plea to wait.

    As if each were as frequent: how frequent they are depends on the question that is open.
    """

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the look-up tables of replies, and from every sentence that has an intent."""
        replies = {
            table["name"].removeprefix(REPLIES): table["elements"]
            for table in training_data.lookup_tables
            if table["name"].startswith(REPLIES)
        }
        wishes = [str(example.get(TEXT)) for example in training_data.intent_examples]
        return self.keep(Roles().fit(wishes, replies))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the roles of messages."""
        for message in messages:
            shares = self._learnt.of(str(message.get(TEXT)))
            message.set("roles", shares, add_to_output=True)
        return messages
