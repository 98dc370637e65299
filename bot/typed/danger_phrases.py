"""What people type when somebody is in danger, by language. To add a language, add its code and its phrases.

Every language's phrases are always matched, whatever language the practitioner has chosen: people fall back on the
words of home under stress, and English always counts. Words are compared without case, accents, apostrophes and
punctuation, so phrases are written plainly. In a phrase `a/b` means either word, `_` any one word or none, and `word*`
any word that starts so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.typed.plain_text import word_list


@dataclass(frozen=True, slots=True)
class DangerPhrases:
    """One language's words of danger.

    strong: single words that are recognised with slips of the finger too. lookalikes: real words so close to a strong
    one that only the exact strong word counts. phrases: found anywhere in the text. whole: count only as the whole
    message. harm and at_once: a short message with a word of each counts ("he pushed her just now"). quiet: taken out
    of the text first, because they hold a word of danger without meaning it. unless: whole messages that deny danger.
    """

    strong: tuple[str, ...]
    phrases: tuple[str, ...]
    lookalikes: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    harm: tuple[str, ...] = ()
    at_once: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


def _phrases(text: str) -> tuple[str, ...]:
    """Phrases parted by commas, over as many lines as they need."""
    return tuple(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())


_ENGLISH = DangerPhrases(
    strong=word_list(
        """
        danger dangers emergency emergencies ambulance overdose overdosed overdosing suicide suicidal unconscious
        unresponsive bleeding strangled strangling strangle choking suffocating stabbed stabbing drowning collapsed
        kidnapped kidnap abducted abduction hostage seizure
        """
    ),
    lookalikes=word_list(
        """
        dangle dangles danced dander stranger strange strangely strangers blending breeding bleating emergence
        emergent emerging emerged collapses collapsing collapsible cloaking choosing chocking shocking stabling
        staffed overdone overdue overdraft conscious drowsing downing staying stubbed seizing sizeable stating
        starring storing stabilised starting staging chewing checking chalking
        """
    ),
    phrases=_phrases(
        """
        999, 112, nine nine nine, sos, dangerous _ now, dangerous for them/him/her, help me/us/him/her/them _ now,
        help _ now/quick/quickly/urgently/immediately, need/needs urgent help, need/needs help
        urgently/immediately/asap/fast/tonight, urgent help, send help/someone/police/somebody, send the police,
        call/ring/phone/get/need/want _ police/cops, police now/please/quick/here, please help us/him/her,
        not/isnt/arent safe _ now, not/isnt/arent safe here/tonight/today, unsafe _ now, unsafe here/tonight/today, at
        risk _ now, life threatening, lifethreatening, life at risk, life is/in _ danger/risk, lives at risk,
        immediate risk/harm/threat/danger, imminent*, happening _ now, before its too late,
        scared/fear/fears/frightened/terrified for her/his/my/their life/lives, scared/afraid to go home
        tonight/today/now, has/got/have/having/with/holding/waving/pulled/grabbed/found/using _ _
        knife/gun/machete/weapon/hammer/axe/sword, has/got/with a bat, pulled out a knife/gun, knife/gun
        to/at/against, knife out, knives out, gunshot*, machete, knife in his/her/their hand, shot at, been
        shot/stabbed/beaten/hit/attacked now, has/got/throw/threw/thrown acid, armed, shooting, on fire, set/setting
        fire, burn/burning _ house/flat/place down, petrol, gas leak, smell gas, house fire, cant/cannot/couldnt/cnt
        breathe/breath/breethe/breathing, can not/t breathe/breath, not/isnt/stopped/stops/barely/hardly
        breathing/breathin/breating/breath, struggling/fighting/trouble to/with/for breathe/breath/breathing,
        trouble/difficulty breathing, turning/turned/gone/going/went blue, lips are/going/turning/gone/look blue, lips
        blue, no pulse/heartbeat, wont/doesnt/cant wake, will not wake, not waking, cant wake him/her/them,
        passed/passing out, blacked out, not responding, doesnt respond, knocked out, is dying, hes/shes/theyre/im
        dying, going to/too die, gonna die, might die, will die, could die, found dead, dead body, hes/shes/theyre
        dead, he/she/baby is dead, want/wants/wanted/wanting to die, wanna die, wants to be dead, dont/doesnt/not want
        to live, dont/doesnt/not want to be here, no reason to live, taken/took/taking/swallowed/swallowing _ _ _
        pills/tablets/poison/bleach/paracetamol, taken/took too many/much, taken an od, drank/drunk/drinking/swallowed
        _ bleach/battery/poison/antifreeze, swallowed a battery/magnet, suicid*, kill/killing/killed/kil
        himself/herself/themself/themselves/myself/yourself, end/ending/ends/ended his/her/their/my _ life/lives,
        end/ending/ends it all, take/taking/takes his/her/their/my own life, hang/hanging/hanged/hung
        himself/herself/themselves/myself, ligature, noose, going/about/threatening/wants to jump, gonna jump, on
        the/a bridge/ledge/roof/tracks, on the train/railway tracks, cutting himself/herself/themselves/myself _ now,
        cut/slit/slitting/cutting _ wrists, kill/killing/killed
        me/him/her/them/us/you/someone/everyone/somebody/his/my/the/their,
        going/trying/tried/threatening/threatened/threat/threats/wants/plans to kill/murder, gonna kill, going/about
        to hurt/harm/hit/attack/stab/beat/rape/hirt/strangle/shoot/burn, gonna hurt/harm/hit/attack/stab/beat, will
        hurt/harm/stab him/her/them/me, hurting/hitting/beating/hiting/punching/kicking/choking/slapping _ _
        now/tonight, hurting/hitting/beating/punching/kicking/attacking me/us, beating her/him/them, hit me/us now,
        beating/beaten _ up, attacking, being attacked/beaten/strangled/raped/assaulted/stabbed/kidnapped, being
        hurt/hit/abused/held _ now, being held against, raping, raped tonight/today/now, just _ raped, hands
        round/around/on _ throat/neck, by the throat, at her/his/my throat, coming to get, coming for/after
        me/us/her/him, breaking in, breaking/kicking/kicked/smashing _ door, broke/broken the door, smashing up,
        smashing the, outside with a, is/hes/shes outside now, is/hes/shes/theyre here now, hes coming, following
        me/us/her now, locked/locking me/us/her/him/them in, locked in/up, wont let me/her/him/us/them leave/go/out,
        cant get out/away, trapped, tied up, snatched, taken/took/taking/grabbed _ baby/child/kids/children/boy/girl
        and, ran off with, taken/took/snatched/grabbed the/my/her baby/child/kids/children,
        taken/take/taking/sent/send/sending/takes/going _ abroad tonight/today/tomorrow/now, being/be/get/getting/is
        taken/sent/flown abroad/overseas, taking/take/takes/sending/send/flying/fly her/him/them/child/children/kids
        abroad/overseas, out of the country, leaving the country, flight/flights tonight/today/tomorrow/in/is/leaves,
        flying/fly/flies/leaving tonight/today/tomorrow/out, at/to the airport, boarding now, plane
        tonight/today/tomorrow, on a plane, forced marriage, forced to marry, married/marrying/wedding _
        tonight/tomorrow/today, fgm tonight/today/tomorrow, to be cut, be cut tomorrow/tonight, honour killing,
        missing, ran/run/running/runs away, runaway, cant find her/him/them/the, disappeared, vanished, been
        abandoned, alone _ now, home alone now/tonight, is/are/been/hes/shes/theyre home alone, alone in the
        house/flat/car _ now, on his/her/their own _ now, not come home, hasnt come home, didnt come home, having a
        fit, has/had a fit _ now, is/hes/shes fitting, having fits, fitting now, having a seizure, heart attack,
        cardiac arrest, blood everywhere, lots/so/lot/too of/much blood, covered in blood, losing _ blood, pouring
        blood, bleed/bled to death, bleeding _ lot, wont stop bleeding, fell/fallen from/out, out of the window, in
        labour _ now, anaphyla*, epipen, shaken/shook/shaking/shakes the/her/his baby, baby is/gone/went
        limp/floppy/blue/cold, gone limp, screaming/shouting/crying/begging for help, scream for help, right now
        he/she/they/dad/mum, get/gets/getting/be hurt/killed/stabbed, hurt now/tonight, taken/took something, left
        alone, not moving, isnt moving, stopped moving, jumped/jumping off/from/in/out, threatening/threatens
        me/her/him/us/them/to, going/gonna to do something, do something stupid/silly/bad, goodbye
        message/note/letter/text, said/saying/says/texted/sent _ goodbye, there is/theres _ fire,
        house/flat/kitchen/car fire, with/by a stranger, in a car with, took/taken/take/grabbed/snatched a
        child/baby/boy/girl/kid, nobody/noone/no knows where, no one knows where, dont/doesnt/not know where _ _
        is/are, hear/heard/hearing/can _ screaming, screaming next, is/are/still screaming, screaming now/and, hear
        her/him/them screaming/crying/shouting, on his/her/their way _ now/here/over/round, on the way here/round,
        coming over/round _ now, coming now/here/back now, self harm/harming/harmed _ now/tonight, self harming,
        selfharming, harming himself/herself/themselves/themself, hurting himself/herself/themselves, asthma/panic
        attack, allergic reaction, boiling water, scald/scalded/scalding, burned/burnt badly, badly
        burned/burnt/hurt/injured, is not safe, isnt/aint/arent safe, are not safe, not safe _ _ tonight/now, safe
        right now no, serious injury, seriously hurt/injured/ill, badly cut, deep cut, head injury, cracked head,
        broken neck, hit by a car, run over, electrocuted, poisoned, convulsing, foaming at, vomiting blood, coughing
        blood, coughing up blood, stroke, sepsis, meningitis, wont stop crying and limp, in the river/water/canal,
        under the water, face down, on the floor _ _ not/and/wont, lying on the floor, on the floor now, barricaded,
        threatening with, with a blade, blade, firearm*, armed police, explosive*, bomb, acid attack, attack on,
        trafficked, being trafficked, being sold, held hostage, cant leave, not allowed to leave, locked in _
        room/cellar/cupboard/house/car/flat/bedroom/toilet, please come, come quick/quickly/now/fast, hurry, asap
        please, quickly please, quick please, emergency services, paramedic*, drunk and driving, driving drunk, drunk
        driver, drink driving now, fighting now/and/outside/here, fight going on, is kicking off, kicking off now,
        kicking off here, lost the child/kid/baby/boy/girl, lost a child/kid, child is/has lost/gone/run, gone since,
        not been seen since, last seen, didnt come back, hasnt come back, not come back, never came home, still not
        home, not home yet, taken by, took off with, driven off with, drove off with the/my/her/his, drove away with,
        gone off with, scared he/she/they will, scared hes/shes/theyre going, afraid he/she/they will, he/she/they
        will kill, will kill, ill kill, hell kill, shell kill, theyll kill, life support, dead or alive, might be
        dead, could be dead, think he/she/hes/shes is dead, think hes/shes dead, dying, been taken
        by/from/away/tonight/now/out, cut/hurt/burnt/burned/stabbed/scratched himself/herself/themselves/themself _
        badly/deeply/now/tonight/again, cutting himself/herself/themselves/themself/myself, down the stairs,
        trying/tried/going to get/break in/into, hit and is, is _ on the floor, hes/shes on the floor, beaten badly,
        badly beaten, is/are/hes/shes/theyre/being/dads/mums/keeps/started _
        hitting/hurting/beating/attacking/punching/kicking/choking/strangling/stabbing/smashing/screaming/burning/shaking/slapping/drowning/fighting/raping/assaulting/dragging/chasing/whipping/torturing/poisoning,
        wont/cant/doesnt stop hitting/hurting/screaming/shaking/kicking/punching/vomiting/bleeding,
        not/isnt/doesnt/stopped/wont respond/responding/move/moving/feeding/waking/react/reacting, drugged, spiked, on
        the edge of, head/serious/stab/knife/gunshot/deep/bad wound/wounds, forced into/in, by a gang, by the/her/his
        hair, going/gone mad/crazy/mental/berserk/ballistic, lost control, being
        held/forced/dragged/followed/chased/hunted/threatened/tortured, is/are being
        taken/driven/drugged/hurt/hit/abused, outside in the cold/snow/dark, wandering _ on/along/in/near/by, on the
        motorway/railway/train/road alone, cant feel, breathing is/slow/fast/funny/weird/shallow, end it, to be
        married, to fly him/her/them, on his/her/their way to, someone come, somebody come, come he/she/they is/are,
        locked himself/herself/themselves in, is/are/hes/shes/im terrified, hurt bad/badly, at the door
        kicking/banging/with/now, kicking it, trying to grab/take/get/kill/hurt/stab/snatch/force, on purpose with,
        swallowed _ something/coin/magnet/batteries, cut and _ deep, its deep, wont stop, been/was/got/is/gets shot,
        shot in/by, knives, knife, gun, guns, blood, smoke, battering, battered, ran/run/going/gone off with, eyes
        rolled/rolling, lost in/at, wont let go, got hold of, got hit, finish her/him/them/me off, no one/noone here,
        please help there/theres/someone/my, accident now/here/outside, been an accident, bad/serious accident, drunk
        and has/in/with, contractions, at the bottom of the stairs, gone stiff, went stiff, left all alone,
        flying/fly/flies/flown to _ _ tomorrow/tonight/today,
        flying/fly/flies/flown her/him/them/out/home/back _ _ _ tomorrow/tonight/today,
        tomorrow/tonight/today to get/be married, get/getting/gets/be/being _ married tomorrow/tonight/today,
        baby/babies/toddler/toddlers/newborn/infant _ _ _ alone, child/children/kid/kids alone,
        child/children/kid/kids is/are alone, child/children/kid/kids _ _ alone at home/night,
        child/children/kid/kids _ _ alone in _ house/flat/car/van/home/street/park/dark/room,
        baby/babies/child/children/kid/kids/toddler/toddlers/newborn/infant is/are/was/were/been left _ _ _ alone,
        baby/toddler/newborn/infant _ on its/their/his/her own, home alone, left in _ _ car/van,
        left him/her/them/it in _ _ car/van, left baby/kid/kids/child/children/toddler in _ _ car/van,
        left the/a/her/his/their baby/kid/kids/child/children/toddler in _ _ car/van,
        hes/shes/theyve/has/have/had/just run/ran off, he/she/they/child/boy/girl/daughter/son ran/runs/run _ off,
        run/ran/runs off again/tonight/today/now/somewhere
        """
    ),
    whole=_phrases(
        """
        help me, help me please, please help, please help me, help us, help help, help help help, police, knife, gun,
        fire, urgent, very urgent, its urgent, this is urgent, urgently, unsafe, not safe, dangerous, its dangerous,
        he/she/they/hes/shes/theyre/dad/mum _ hitting/hurting/beating/fighting/attacking _, dying, dead, stabbing,
        blood, he/she/they jumped, fire fire, screaming, injured, attack, come now, please come, send help, killing
        """
    ),
    harm=word_list(
        """
        hit hits hitting hurt hurts hurting harm harmed harming cut cuts cutting push pushed pushing punch punched
        punching kick kicked kicking burn burned burnt burning beat beats beaten beating shook shaking slap slapped
        slapping throw threw thrown grabbed dragged dragging drunk drugged drugs high violent violence aggressive
        knife weapon gun blood pills tablets scared afraid frightened terrified unsafe alone gone lost screaming
        crying shouting fight fighting attack attacked attacking threat threats threatened threatening angry raging
        smashing smashed kill die dead ill collapsed police abused abusing abuse raped rape assaulted touching trapped
        locked fell falling vomiting fitting risk chased chasing following stalking stairs injured injury poison jump
        jumping escape wound wounded floppy limp choking choke bruised cuffed tied gang rape snatched grab fallen
        bleed suffering
        """
    ),
    at_once=word_list(
        """
        now rightnow tonight currently immediately quick quickly hurry asap urgent urgently happening ongoing atm rn
        plz pls please just tonite 2nite today
        """
    ),
    quiet=_phrases(
        """
        missing _ _ _
        school/lessons/classes/nursery/college/training/sessions/appointments/meals/homework/work/tooth/teeth, missing
        _ breakfast/lunch/pages/information/records/button/buttons/out/shoe/shoes/coat/paperwork, missing from the
        register/record/records/file/form/notes/report, missing his/her/their dad/mum/friends/old,
        information/something/money/cash/paperwork/page/detail/details is/was/are/were/has/went/going/gone _ missing,
        money missing, emergency contact/contacts/food/foster/housing/accommodation/department/loan/fund, suicide
        prevention/awareness training, danger of falling/losing/being/exclusion, stranger danger, online dangers,
        dangers of the internet, dangers of social, collapsed in laughter, no immediate danger at the time, blood
        test/tests/pressure/sugar/type/relative, dried blood, pen knife, blood on his/her/the shirt/sleeve/sock, toy
        gun/guns/knife, water gun/guns, smoke alarm/alarms
        """
    ),
    unless=_phrases(
        """
        no danger, no danger now, no _ immediate danger, there is no _ danger, theres no _ danger, not in _ danger,
        not in any _ danger, no/nobody/noone _ not in _ danger, nobody/noone _ in danger, no one _ in danger,
        he/she/they/child is/are not in _ danger, hes/shes/theyre not in _ danger, he/she/they isnt/arent in _ danger,
        out of danger, not an emergency, no emergency, its not an emergency, it is not an emergency, this is not an
        emergency, not urgent
        """
    ),
)

PHRASES: Mapping[str, DangerPhrases] = {"en": _ENGLISH}
